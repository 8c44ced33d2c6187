/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-model.h"

static const char * const mode_names[] = { "t2v", "i2v", "r2v" };

/**
 * yj_mode_to_string:
 * @mode: a mode
 *
 * Returns: (transfer none): the platform's catalogue id of the mode: `t2v`, `i2v` or `r2v`
 */
const char *
yj_mode_to_string (YjMode mode)
{
  g_return_val_if_fail (mode < G_N_ELEMENTS (mode_names), NULL);

  return mode_names[mode];
}

/**
 * yj_mode_from_string:
 * @string: (nullable): a catalogue id
 * @mode: (out): the mode
 *
 * Returns: whether @string names a mode; @mode is unchanged when it does not
 */
gboolean
yj_mode_from_string (const char *string,
                     YjMode     *mode)
{
  for (guint i = 0; i < G_N_ELEMENTS (mode_names); i++)
    if (g_strcmp0 (string, mode_names[i]) == 0)
      {
        *mode = (YjMode) i;
        return TRUE;
      }

  return FALSE;
}
