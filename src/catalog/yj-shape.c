/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shapes of a picture: ratios, and sizes as ratio and resolution. */
#include "yj-model.h"

#include <math.h>
#include <string.h>

/* The resolution that people call a frame of so many pixels by. */
static const struct { const char *resolution; double pixels; } tiers[] = {
  { "480p", 832 * 480 }, { "540p", 960 * 540 }, { "720p", 1280 * 720 }, { "1080p", 1920 * 1080 },
};

static const struct { const char *ratio; double value; } shapes[] = {
  { "16:9", 16.0 / 9 }, { "4:3", 4.0 / 3 }, { "1:1", 1 }, { "3:4", 3.0 / 4 }, { "9:16", 9.0 / 16 }, { "21:9", 21.0 / 9 },
  { "9:21", 9.0 / 21 },
};

/**
 * yj_ratio_get_nearest:
 * @value: width divided by height, above 0
 *
 * Returns: (transfer none): the ratio that comes nearest among those that models offer, such as `16:9`
 */
const char *
yj_ratio_get_nearest (double value)
{
  guint best = 0;

  for (guint i = 1; i < G_N_ELEMENTS (shapes); i++)
    if (fabs (log (shapes[i].value / value)) < fabs (log (shapes[best].value / value)))
      best = i;

  return shapes[best].ratio;
}

/**
 * yj_ratio_parse:
 * @text: a ratio such as `16:9`, or a size such as `1280*720`
 *
 * Returns: width divided by height, 0 for what is neither, as `adaptive`
 */
double
yj_ratio_parse (const char *text)
{
  char *end = NULL;
  double width = g_ascii_strtod (text, &end), height;

  if (end == text || (*end != ':' && *end != '*'))
    return 0;

  text = end + 1;
  height = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && width > 0 && height > 0 ? width / height : 0;
}

/**
 * yj_size_describe:
 * @size: a size such as `1280*720`
 * @ratio: (out) (transfer none): the ratio that it comes nearest to, such as `16:9`
 * @resolution: (out) (transfer none): what its number of pixels is called, such as `720p`
 *
 * Returns: %FALSE for what is no size
 */
gboolean
yj_size_describe (const char  *size,
                  const char **ratio,
                  const char **resolution)
{
  double value = yj_ratio_parse (size), width = g_ascii_strtod (size, NULL);
  guint best = 0;

  if (strchr (size, '*') == NULL || value <= 0)
    return FALSE;

  for (guint i = 1; i < G_N_ELEMENTS (tiers); i++)
    if (fabs (log (tiers[i].pixels * value / (width * width))) < fabs (log (tiers[best].pixels * value / (width * width))))
      best = i;
  *ratio = yj_ratio_get_nearest (value);
  *resolution = tiers[best].resolution;
  return TRUE;
}
