/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the prompt of Create is made of: its steps of undo, the difference of two prompts, and the space before a mention. */
#include "yj-catalog.h"
#include "yj-prompt-text.h"
#include "yj-prompt-undo.h"
#include "yj-word-diff.h"

/* Types @text behind @before, letter by letter, as an editor does. */
static char *
type (YjPromptUndo *undo,
      const char   *before,
      const char   *text)
{
  char *now = g_strdup (before);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_autofree char *letter = g_strndup (p, g_utf8_next_char (p) - p), *next = g_strconcat (now, letter, NULL);

      yj_prompt_undo_note (undo, now, (int) g_utf8_strlen (now, -1), next);
      g_free (now);
      now = g_steal_pointer (&next);
    }

  return now;
}

static void
assert_step (YjPromptUndo *undo,
             gboolean      back,
             char        **now,
             const char   *expected)
{
  const YjPromptState *state = yj_prompt_undo_step (undo, back, *now, 0);

  g_assert_nonnull (state);
  g_assert_cmpstr (state->source, ==, expected);
  g_set_str (now, state->source);
}

static void
test_undo (void)
{
  g_autoptr(YjCatalog) catalog = yj_catalog_new ();
  g_autoptr(YjDraft) draft = yj_draft_new (yj_catalog_get_default (catalog, YJ_MODE_TEXT_TO_VIDEO));
  YjPromptUndo *undo = yj_prompt_undo_get (draft);
  g_autofree char *now = type (undo, "", "one two 月亮");

  g_assert_true (undo == yj_prompt_undo_get (draft));
  assert_step (undo, TRUE, &now, "one two 月");
  assert_step (undo, TRUE, &now, "one two ");
  assert_step (undo, TRUE, &now, "one ");
  assert_step (undo, FALSE, &now, "one two ");
  assert_step (undo, TRUE, &now, "one ");
  assert_step (undo, TRUE, &now, "");
  g_assert_false (yj_prompt_undo_can_step (undo, TRUE));
  g_assert_null (yj_prompt_undo_step (undo, TRUE, now, 0));
  for (const char * const *p = (const char * const []) { "one ", "one two ", "one two 月", "one two 月亮", NULL }; *p != NULL; p++)
    assert_step (undo, FALSE, &now, *p);
  g_assert_false (yj_prompt_undo_can_step (undo, FALSE));

  /* what is erased in one go is one step; a new change ends what could be done again */
  yj_prompt_undo_note (undo, now, 0, "one two 月");
  yj_prompt_undo_note (undo, "one two 月", 0, "one two ");
  yj_prompt_undo_note (undo, "one two ", 0, "one two");
  g_set_str (&now, "one two");
  assert_step (undo, TRUE, &now, "one two 月亮");
  yj_prompt_undo_note (undo, now, 0, "other");
  g_assert_false (yj_prompt_undo_can_step (undo, FALSE));
}

/* The changes as one line: [-gone-], {+new+}. */
static void
assert_diff (const char *before,
             const char *after,
             const char *expected)
{
  g_autoptr(GPtrArray) changes = yj_word_diff (before, after);
  g_autoptr(GString) line = g_string_new (NULL), all_before = g_string_new (NULL), all_after = g_string_new (NULL);
  g_autofree char *plain = NULL;

  for (guint i = 0; i < changes->len; i++)
    {
      const YjWordChange *change = g_ptr_array_index (changes, i);

      g_string_append (all_before, change->before);
      g_string_append (all_after, change->after);
      if (g_str_equal (change->before, change->after))
        g_string_append (line, change->before);
      else
        {
          g_string_append_printf (line, *change->before != '\0' ? "[-%s-]" : "%s", change->before);
          g_string_append_printf (line, *change->after != '\0' ? "{+%s+}" : "%s", change->after);
        }
    }
  plain = yj_prompt_text_to_plain (line->str);
  g_assert_cmpstr (plain, ==, expected);
  g_assert_cmpstr (all_before->str, ==, before);
  g_assert_cmpstr (all_after->str, ==, after);
}

static void
test_diff (void)
{
  g_autofree char *cat = yj_prompt_text_mention ("1", "cat"), *lake = yj_prompt_text_mention ("2", "lake");
  g_autofree char *one = g_strconcat (cat, " by ", lake, NULL), *two = g_strconcat ("a big ", cat, " at ", lake, "!", NULL);
  g_autoptr(GString) long_one = g_string_new (NULL), long_two = g_string_new (NULL);

  assert_diff ("", "", "");
  assert_diff ("same", "same", "same");
  assert_diff ("", "new", "{+new+}");
  assert_diff ("a cat runs", "a black cat runs", "a {+black +}cat runs");
  assert_diff ("a cat runs", "a cat walks", "a cat [-runs-]{+walks+}");
  assert_diff ("月亮升起", "月亮慢慢升起来", "月亮{+慢慢+}升起{+来+}");
  assert_diff (one, two, "{+a big +}@cat [-by-]{+at+} @lake{+!+}");
  assert_diff (cat, lake, "[-@cat-]{+@lake+}");

  /* too much for a table: still right, if coarse */
  for (guint i = 0; i < 5000; i++)
    {
      g_string_append (long_one, "字");
      g_string_append (long_two, "词");
    }
  {
    g_autoptr(GPtrArray) changes = yj_word_diff (long_one->str, long_two->str);

    g_assert_cmpuint (changes->len, ==, 1);
  }
}

/* What stands before a mention: a space belongs between, or not. */
static void
test_runs_on (void)
{
  for (const char *p = "a1é.,)]}”’»@"; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_true (yj_prompt_text_runs_on (g_utf8_get_char (p)));
  for (const char *p = " \n字，。（「《([{\"'“‘«‹„‚"; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (yj_prompt_text_runs_on (g_utf8_get_char (p)));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/prompt/undo", test_undo);
  g_test_add_func ("/prompt/diff", test_diff);
  g_test_add_func ("/prompt/runs-on", test_runs_on);

  return g_test_run ();
}
