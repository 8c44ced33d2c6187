/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A plan as one argument of the helper: the type and whole numbers. Both processes have this file. */

#include "yj-fix.h"

#include <string.h>

#define N_NUMBERS 19
#define MAX_SIDE 16384          /* px */
#define MAX_TIME (G_GINT64_CONSTANT (24) * 3600 * 1000 * 1000 * 1000)  /* ns: a day */

static const char * const types[] = { "image/jpeg", "image/png", "video/mp4", "audio/mpeg", "audio/wav" };

/**
 * yj_fix_plan_to_string:
 * @plan: a plan
 *
 * Returns: (transfer full): it as text
 */
char *
yj_fix_plan_to_string (const YjFixPlan *plan)
{
  const gint64 numbers[N_NUMBERS] = {
    plan->max_bytes, plan->crop.x, plan->crop.y, plan->crop.width, plan->crop.height,
    plan->place.x, plan->place.y, plan->place.width, plan->place.height, plan->width, plan->height,
    plan->background, (gint64) (plan->frame_rate * 1000 + 0.5), plan->start, plan->length,
    plan->sound_rate, plan->channels, plan->common, plan->opaque,
  };
  GString *string = g_string_new (plan->content_type);

  for (guint i = 0; i < N_NUMBERS; i++)
    g_string_append_printf (string, " %" G_GINT64_FORMAT, numbers[i]);
  return g_string_free_and_steal (string);
}

static gboolean
is_inside (const GdkRectangle *rectangle,
           int                 width,
           int                 height)
{
  return rectangle->x >= 0 && rectangle->y >= 0 && rectangle->width >= 1 && rectangle->height >= 1 &&
         rectangle->width <= width - rectangle->x && rectangle->height <= height - rectangle->y;
}

static gboolean
is_possible (const YjFixPlan *plan)
{
  if (plan->max_bytes < 0 || plan->start < 0 || plan->start > MAX_TIME || plan->length < 0 || plan->length > MAX_TIME ||
      plan->sound_rate > 384000 || plan->channels > 8 || !(plan->frame_rate >= 0 && plan->frame_rate <= 1000) || plan->background > 0xffffff)
    return FALSE;
  return plan->width == 0 ||
         (plan->width >= 1 && plan->width <= MAX_SIDE && plan->height >= 1 && plan->height <= MAX_SIDE &&
          is_inside (&plan->place, plan->width, plan->height) && is_inside (&plan->crop, G_MAXINT, G_MAXINT));
}

/**
 * yj_fix_plan_from_string:
 * @string: a plan as text
 * @plan: (out): the plan; its type is static
 *
 * Returns: whether it is one that can be followed
 */
gboolean
yj_fix_plan_from_string (const char *string,
                         YjFixPlan  *plan)
{
  g_auto(GStrv) words = g_strsplit (string, " ", N_NUMBERS + 2);
  gint64 n[N_NUMBERS];
  const char *type = NULL;

  if (g_strv_length (words) != N_NUMBERS + 1)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (words[0], types[i]))
      type = types[i];
  for (guint i = 0; i < N_NUMBERS; i++)
    {
      gboolean is_size = (i >= 1 && i <= 11) || i >= 15;

      if (!g_ascii_string_to_signed (words[i + 1], 10, 0, is_size ? G_MAXINT : G_MAXINT64, &n[i], NULL))
        return FALSE;
    }
  *plan = (YjFixPlan) {
    .content_type = type, .max_bytes = n[0],
    .crop = { (int) n[1], (int) n[2], (int) n[3], (int) n[4] }, .place = { (int) n[5], (int) n[6], (int) n[7], (int) n[8] },
    .width = (int) n[9], .height = (int) n[10], .background = (guint32) n[11], .frame_rate = (double) n[12] / 1000,
    .start = n[13], .length = n[14], .sound_rate = (int) n[15], .channels = (int) n[16],
    .common = n[17] != 0, .opaque = n[18] != 0,
  };
  return type != NULL && is_possible (plan);
}
