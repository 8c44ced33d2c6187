/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a text is by the rule of a model. */
#include "yj-draft.h"
#include "yj-limit-private.h"
#include "yj-prompt-text.h"

static gboolean
is_han (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
}

/* @text in the unit of a limit of texts. */
glong
yj_text_count (const char  *text,
               YjLimitUnit  unit)
{
  glong n = 0;
  gboolean inside = FALSE;

  if (unit == YJ_LIMIT_CHARACTERS)
    return g_utf8_strlen (text, -1);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (unit == YJ_LIMIT_HAN)
        n += is_han (c);
      else
        {
          gboolean letter = g_unichar_isalnum (c) && !is_han (c);

          n += letter && !inside;
          inside = letter || (inside && (c == '\'' || c == 0x2019 || c == '-'));
        }
    }

  return n;
}

static YjLengthUnit
get_unit (YjLimitUnit unit)
{
  return unit == YJ_LIMIT_HAN ? YJ_LENGTH_HAN : unit == YJ_LIMIT_WORDS ? YJ_LENGTH_WORDS : YJ_LENGTH_CHARACTERS;
}

/**
 * yj_draft_get_prompt_length:
 * @self: a draft
 * @length: (out): the length of the prompt as it is sent, and the figures that count
 *
 * Of the limits that the model's makers document for the prompt, the one that the prompt has come nearest to; before
 * anything is written, the one for the language of the desktop.
 *
 * Returns: %FALSE when no limit is documented; @length is unchanged then
 */
gboolean
yj_draft_get_prompt_length (YjDraft        *self,
                            YjPromptLength *length)
{
  g_autofree char *text = NULL;
  GPtrArray *limits;
  double nearest = -1;
  gboolean chinese;

  g_return_val_if_fail (YJ_IS_DRAFT (self), FALSE);

  text = yj_draft_dup_sent_prompt (self);
  chinese = yj_prompt_text_is_chinese (yj_draft_get_prompt_source (self));
  limits = yj_model_get_limits (yj_draft_get_model (self));
  for (guint i = 0; i < limits->len; i++)
    {
      const YjLimit *limit = g_ptr_array_index (limits, i);
      double near;
      glong n;

      if (!g_str_equal (limit->subject, "prompt") || limit->strictest.maximum >= G_MAXUINT)
        continue;
      n = yj_text_count (text, limit->unit);
      near = (double) n / limit->strictest.maximum;
      if (n == 0 && (limit->unit == YJ_LIMIT_HAN) == chinese)
        near = 1e-9;            /* as good as any, and in the right language */
      if (near <= nearest)
        continue;
      nearest = near;
      *length = (YjPromptLength) {
        get_unit (limit->unit), (guint) n, (guint) limit->strictest.maximum,
        limit->loosest.maximum < G_MAXUINT ? (guint) limit->loosest.maximum : 0,
      };
    }

  return nearest >= 0;
}
