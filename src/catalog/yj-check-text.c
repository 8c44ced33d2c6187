/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is too long of a draft's texts. */
#include "yj-check-private.h"

#include <glib/gi18n.h>

#include "yj-prompt-text.h"

static char *
describe (const YjLimit *limit,
          int            n,
          int            most)
{
  switch ((int) limit->unit)
    {
    case YJ_LIMIT_WORDS:
      /* translators: %1$d: words in the text, %2$d: words that the model reads */
      return g_strdup_printf (_("This text has %1$d words; the model is documented to read only %2$d. Shorten it."), n, most);
    case YJ_LIMIT_HAN:
      return limit->cut
             /* translators: %1$d: Chinese characters in the text, %2$d: Chinese characters that the model reads */
             ? g_strdup_printf (_("This text has %1$d Chinese characters; what comes after the first %2$d is left out without a word."), n, most)
             /* translators: %1$d: Chinese characters in the text, %2$d: Chinese characters that the model reads */
             : g_strdup_printf (_("This text has %1$d Chinese characters; the model is documented to read only %2$d. Shorten it."), n, most);
    default:
      return limit->cut
             /* translators: %1$d: characters in the text, %2$d: characters that the model reads */
             ? g_strdup_printf (_("This text has %1$d characters; what comes after the first %2$d is left out without a word."), n, most)
             /* translators: %1$d: characters in the text, %2$d: characters that the model reads */
             : g_strdup_printf (_("This text has %1$d characters; the model is documented to read only %2$d. Shorten it."), n, most);
    }
}

/* The prompt with its mentions, cut so that what is sent of it is within a limit. No mention is cut in two. */
static char *
dup_shorter_prompt (YjCheck     *check,
                    YjLimitUnit  unit,
                    glong        most)
{
  g_autoptr(GPtrArray) pieces = yj_prompt_text_split (yj_draft_get_prompt_source (check->draft));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const YjPromptPiece *piece = g_ptr_array_index (pieces, i);
      YjDraftFile *file = piece->id != NULL ? yj_draft_find_file (check->draft, piece->id, NULL) : NULL;
      g_autofree char *word = file != NULL ? yj_draft_dup_mention (check->draft, file) : NULL;
      g_autofree char *plain = g_strndup (piece->text, piece->length);
      /* a space may be put beside a mention */
      glong n = piece->id != NULL ? yj_text_count (word != NULL ? word : piece->name, unit) + 2 : yj_text_count (plain, unit);

      if (n > most && piece->id == NULL)
        g_string_append_len (text, plain, (gssize) yj_text_measure (plain, unit, most));
      if (n > most)
        break;
      g_string_append_len (text, piece->text, (gssize) piece->length);
      most -= n;
    }

  return g_string_free_and_steal (text);
}

/* One sentence for a text that is too long in two ways: the refusal, or the one that leaves less of it. */
static gboolean
is_told (YjCheck        *check,
         const YjLimit  *limit,
         const YjBreach *breach,
         const char     *field,
         const char     *text)
{
  for (guint i = 0; i < check->problems->len; i++)
    {
      const YjProblem *problem = g_ptr_array_index (check->problems, i);
      gsize is, was;

      if (!g_str_equal (problem->field, field) ||
          (problem->unit != YJ_LIMIT_CHARACTERS && problem->unit != YJ_LIMIT_HAN && problem->unit != YJ_LIMIT_WORDS))
        continue;
      is = yj_text_measure (text, limit->unit, (glong) breach->bound);
      was = yj_text_measure (text, problem->unit, (glong) problem->bound);
      if (problem->severity < breach->severity || (problem->severity == breach->severity && was <= is))
        return TRUE;
      g_ptr_array_remove_index (check->problems, i);
      return FALSE;
    }

  return FALSE;
}

void
yj_check_text (YjCheck       *check,
               const YjLimit *limit,
               const char    *field,
               const char    *text)
{
  glong n = text != NULL ? yj_text_count (text, limit->unit) : 0;
  gboolean prompt = g_str_equal (field, "prompt");
  g_autofree char *shorter = NULL;
  YjProblem *problem;
  YjBreach breach;
  glong most;

  if (!yj_check_breaks (limit, n, &breach) || is_told (check, limit, &breach, field, text))
    return;

  most = (glong) breach.bound;
  problem = yj_check_tell_breach (check, limit, &breach, field, NULL, describe (limit, (int) n, (int) most));
  if (limit->unit == YJ_LIMIT_WORDS || (!limit->cut && breach.severity != YJ_PROBLEM_LIMIT))
    return;                     /* only advice */

  shorter = prompt ? dup_shorter_prompt (check, limit->unit, most)
                   : g_strndup (text, yj_text_measure (text, limit->unit, most));
  yj_problem_set_remedy (problem, g_strdup (_("Cut It There")), prompt ? "prompt-source" : field, shorter);
}
