/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models that make sound speak what stands in quotation marks; what does not, they may show, write or leave out. */
#include "yj-check-private.h"

#include <glib/gi18n.h>

#include "yj-prompt-text.h"

#define MAX_SHOWN 24            /* characters of it in the note */

/* Somebody speaks, a colon, and then a sentence that does not begin with a quotation mark. */
static const char pattern[] =
  "(?:(?:\\b(?:says|said|asks|asked|shouts|shouted|whispers|whispered|replies|replied|sings|sang|dialogue|voice-?over|narrator)\\s*)"
  "|(?:说道?|喊道?|问道?|答道?|唱道?|台词|对白|旁白)\\s*)[:：]\\s*"
  "(?![\"“”„«「『'‘’{\\[【(（])(?!(?:无|没有|none|no)\\b)([^\\s:：][^\\n.!?。！？\"“”]*[.!?。！？]?)";

void
yj_check_speech (YjCheck *check)
{
  const char *source = yj_draft_get_prompt_source (check->draft), *documented = yj_model_get_parts (check->model)->speech;
  g_autoptr(GRegex) regex = NULL;
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *words = NULL, *plain = NULL, *shown = NULL, *quoted = NULL;
  gboolean chinese;
  YjProblem *problem;
  int start, end;

  if (documented == NULL)
    return;
  regex = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
  if (!g_regex_match (regex, source, 0, &match))
    return;

  g_match_info_fetch_pos (match, 1, &start, &end);
  while (end > start && g_ascii_isspace (source[end - 1]))
    end--;
  words = g_strndup (source + start, (gsize) (end - start));
  chinese = yj_prompt_text_is_chinese (source);
  quoted = g_strdup_printf (chinese ? "%.*s“%s”%s" : "%.*s\"%s\"%s", start, source, words, source + end);
  plain = yj_prompt_text_to_plain (words);
  shown = g_utf8_strlen (plain, -1) > MAX_SHOWN ? g_utf8_substring (plain, 0, MAX_SHOWN) : g_strdup (plain);
  problem = yj_check_tell (check, YJ_PROBLEM_NOTE, "prompt",
                           /* translators: %1$s: the beginning of a sentence in the prompt, %2$s: an ellipsis or nothing */
                           g_strdup_printf (_("“%1$s%2$s” is to be spoken, but stands in no quotation marks, by which the model knows speech."),
                                            shown, g_str_equal (shown, plain) ? "" : "…"));
  problem->source = g_strdup (documented);
  yj_problem_set_remedy (problem, g_strdup (_("Put It in Quotation Marks")), "prompt-source", quoted);
}
