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

/* How many of @unit begin with @c; @inside: whether a word goes on. */
static gboolean
counts (gunichar     c,
        YjLimitUnit  unit,
        gboolean    *inside)
{
  gboolean letter, begins;

  if (unit == YJ_LIMIT_CHARACTERS)
    return TRUE;
  if (unit == YJ_LIMIT_HAN)
    return is_han (c);

  letter = g_unichar_isalnum (c) && !is_han (c);
  begins = letter && !*inside;
  *inside = letter || (*inside && (c == '\'' || c == 0x2019 || c == '-'));
  return begins;
}

/* @text in the unit of a limit of texts. */
glong
yj_text_count (const char  *text,
               YjLimitUnit  unit)
{
  gboolean inside = FALSE;
  glong n = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    n += counts (g_utf8_get_char (p), unit, &inside);

  return n;
}

gsize
yj_text_measure (const char  *text,
                 YjLimitUnit  unit,
                 glong        most)
{
  gboolean inside = FALSE;
  const char *p = text;
  glong n = 0;

  for (; *p != '\0'; p = g_utf8_next_char (p))
    if (counts (g_utf8_get_char (p), unit, &inside) && ++n > most)
      break;

  return p - text;
}

static gboolean
is_of_text (YjLimitUnit unit)
{
  return unit == YJ_LIMIT_CHARACTERS || unit == YJ_LIMIT_HAN || unit == YJ_LIMIT_WORDS;
}

static YjLengthUnit
get_unit (YjLimitUnit unit)
{
  return unit == YJ_LIMIT_HAN ? YJ_LENGTH_HAN : unit == YJ_LIMIT_WORDS ? YJ_LENGTH_WORDS : YJ_LENGTH_CHARACTERS;
}

/* How long @text is by that of the limits of @subject which it has come nearest to; @chinese: the language in which it
   would be written. */
static gboolean
find_nearest (YjModel        *model,
              const char     *subject,
              const char     *text,
              gboolean        chinese,
              YjPromptLength *length)
{
  GPtrArray *limits = yj_model_get_limits (model);
  double nearest = -1;

  for (guint i = 0; i < limits->len; i++)
    {
      const YjLimit *limit = g_ptr_array_index (limits, i);
      double near;
      glong n;

      if (!g_str_equal (limit->subject, subject) || limit->strictest.maximum >= G_MAXUINT || !is_of_text (limit->unit))
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

  g_return_val_if_fail (YJ_IS_DRAFT (self), FALSE);

  text = yj_draft_dup_sent_prompt (self);
  return find_nearest (yj_draft_get_model (self), "prompt", text, yj_prompt_text_is_chinese (yj_draft_get_prompt_source (self)), length);
}

/**
 * yj_model_get_text_length:
 * @self: a model
 * @parameter: one of its parameters, a text
 * @text: what is written there
 * @length: (out): the length, and the figures that count
 *
 * The same as [method@Yj.Draft.get_prompt_length] for another text.
 *
 * Returns: %FALSE when no limit is documented; @length is unchanged then
 */
gboolean
yj_model_get_text_length (YjModel        *self,
                          YjParameter    *parameter,
                          const char     *text,
                          YjPromptLength *length)
{
  g_return_val_if_fail (YJ_IS_MODEL (self), FALSE);
  g_return_val_if_fail (YJ_IS_PARAMETER (parameter), FALSE);

  return find_nearest (self, yj_parameter_get_meaning (parameter), text, yj_prompt_text_is_chinese (text), length);
}
