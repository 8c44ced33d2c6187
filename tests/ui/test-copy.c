/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is copied of a document: blocks written back, and parts of them. The pieces are those of tests/ui/markdown. */
#include <string.h>

#include "yj-block-range.h"
#include "yj-copy-content.h"
#include "yj-block-write.h"
#include "yj-markdown.h"
#include "yj-text.h"

static char *
neutralise (const char *text)
{
  GString *neutral = g_string_new (NULL);

  yj_text_neutralise (neutral, text, strlen (text), TRUE);
  return g_string_free_and_steal (neutral);
}

static GPtrArray *
parse (const char *text)
{
  g_autofree char *neutral = neutralise (text);

  return yj_markdown_parse (neutral, strlen (neutral), 0);
}

static char *
dump (GPtrArray *blocks)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < blocks->len; i++)
    yj_block_dump (g_ptr_array_index (blocks, i), 0, text);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
write_with (GPtrArray *blocks,
            void     (*write) (GPtrArray *, GString *))
{
  g_autoptr(GString) text = g_string_new (NULL);

  write (blocks, text);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* The Markdown of every piece, `\xHH` as it stands. */
static GPtrArray *
load_pieces (void)
{
  static const char * const files[] = { "blocks", "chinese", "inlines", "math", "safety" };
  GPtrArray *pieces = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *name = g_strconcat (files[i], ".txt", NULL);
      g_autofree char *path = g_test_build_filename (G_TEST_DIST, "ui", "markdown", name, NULL);
      g_autofree char *contents = NULL;
      g_auto(GStrv) parts = NULL;
      g_autoptr(GError) error = NULL;

      g_file_get_contents (path, &contents, NULL, &error);
      g_assert_no_error (error);
      parts = g_strsplit (contents, "=== ", -1);
      for (guint j = 1; parts[j] != NULL; j++)
        {
          char *line = strchr (parts[j], '\n');
          char *arrow = strstr (parts[j], "\n--->\n");

          g_assert_nonnull (arrow);
          g_ptr_array_add (pieces, g_strndup (line + 1, MAX (arrow, line + 1) - (line + 1)));
        }
    }
  g_assert_cmpuint (pieces->len, >, 100);
  return pieces;
}

/* What is written is parsed as what was shown. */
static void
test_round (void)
{
  g_autoptr(GPtrArray) pieces = load_pieces ();
  guint bad = 0;

  for (guint i = 0; i < pieces->len; i++)
    {
      const char *source = g_ptr_array_index (pieces, i);
      g_autoptr(GPtrArray) blocks = parse (source);
      g_autofree char *written = write_with (blocks, yj_blocks_write_markdown);
      g_autoptr(GPtrArray) again = parse (written);
      g_autofree char *want = dump (blocks);
      g_autofree char *got = dump (again);

      if (strcmp (want, got) == 0)
        continue;
      g_test_message ("---- %s\n---- was written\n%s\n---- which is\n%s\n---- and not\n%s", source, written, got, want);
      bad++;
    }
  g_assert_cmpuint (bad, ==, 0);
}

/* A message that is selected whole, by its ends or from end to end, is what was received, to the byte. */
static void
test_whole (void)
{
  g_autoptr(GPtrArray) pieces = load_pieces ();

  for (guint i = 0; i < pieces->len; i++)
    {
      const char *source = g_ptr_array_index (pieces, i);
      g_autoptr(GPtrArray) blocks = parse (source);
      g_autoptr(GPtrArray) leaves = g_ptr_array_new ();
      YjRange ends = YJ_RANGE_ALL;

      yj_blocks_collect_leaves (blocks, leaves);
      if (leaves->len > 0)
        ends.end = (YjPlace) { leaves->len - 1, yj_block_get_length (g_ptr_array_index (leaves, leaves->len - 1)) };
      for (guint j = 0; j < 2; j++)
        {
          g_autoptr(YjCopyContent) content = yj_copy_content_new ();
          g_autofree char *copied = NULL;

          yj_copy_content_add (content, YJ_COPY_MARKDOWN, source, j == 0 ? &YJ_RANGE_ALL : &ends);
          copied = yj_copy_content_render (content, YJ_COPY_AS_MARKDOWN);
          g_assert_cmpstr (copied, ==, source);
        }
    }
}

/* The letters of a text, without what stands between words and blocks. */
static char *
squeeze (GPtrArray *blocks)
{
  g_autoptr(GPtrArray) leaves = g_ptr_array_new ();
  g_autoptr(GString) all = g_string_new (NULL);

  yj_blocks_collect_leaves (blocks, leaves);
  for (guint i = 0; i < leaves->len; i++)
    {
      const YjBlock *leaf = g_ptr_array_index (leaves, i);

      for (const char *p = leaf->text; p != NULL && *p != '\0'; p++)
        if (!g_ascii_isspace (*p))
          g_string_append_c (all, *p);
    }
  return g_string_free_and_steal (g_steal_pointer (&all));
}

static guint
floor_char (const char *text,
            guint       offset)
{
  while (offset > 0 && ((guchar) text[offset] & 0xc0) == 0x80)
    offset--;
  return offset;
}

static void
check_part (const char *source,
            GPtrArray  *blocks,
            YjRange     range)
{
  g_autoptr(YjCopyContent) content = yj_copy_content_new ();
  g_autoptr(GPtrArray) cut = yj_blocks_cut (blocks, &range, YJ_CUT_STRUCTURE);
  g_autofree char *written = write_with (cut, yj_blocks_write_markdown);
  g_autofree char *copied = NULL;
  g_autofree char *html = NULL;
  g_autofree char *plain = NULL;
  g_autoptr(GPtrArray) again = parse (written);
  g_autofree char *want = squeeze (cut);
  g_autofree char *got = squeeze (again);

  yj_copy_content_add (content, YJ_COPY_MARKDOWN, source, &range);
  copied = yj_copy_content_render (content, YJ_COPY_AS_MARKDOWN);
  html = yj_copy_content_render (content, YJ_COPY_AS_HTML);
  plain = yj_copy_content_render (content, YJ_COPY_AS_PLAIN);
  g_assert_true (g_utf8_validate (copied, -1, NULL) && g_utf8_validate (html, -1, NULL) && g_utf8_validate (plain, -1, NULL));
  if (strcmp (want, got) != 0)
    {
      g_test_message ("%s\ncut from %u+%u to %u+%u is written\n%s\nwhich says\n%s\nand not\n%s", source,
                      range.start.leaf, range.start.offset, range.end.leaf, range.end.offset, written, got, want);
      g_test_fail ();
    }
}

/* Whatever part is copied, parsed again it says what was selected. */
static void
test_parts (void)
{
  g_autoptr(GPtrArray) pieces = load_pieces ();

  for (guint i = 0; i < pieces->len; i++)
    {
      const char *source = g_ptr_array_index (pieces, i);
      g_autoptr(GPtrArray) blocks = parse (source);
      g_autoptr(GPtrArray) leaves = g_ptr_array_new ();

      yj_blocks_collect_leaves (blocks, leaves);
      for (guint first = 0; first < MIN (leaves->len, 12); first++)
        for (guint last = first; last < MIN (leaves->len, 12); last++)
          {
            const YjBlock *a = g_ptr_array_index (leaves, first);
            const YjBlock *b = g_ptr_array_index (leaves, last);
            guint start = a->text != NULL ? floor_char (a->text, strlen (a->text) / 3) : 0;
            guint end = b->text != NULL ? floor_char (b->text, strlen (b->text) * 2 / 3) : 0;

            check_part (source, blocks, (YjRange) { { first, 0 }, { last, yj_block_get_length (b) } });
            check_part (source, blocks, (YjRange) { { first, start }, { last, end } });
          }
    }
}

static void
check_copied (const char    *source,
              YjRange        range,
              YjCopyForm     form,
              const char    *expected)
{
  g_autoptr(YjCopyContent) content = yj_copy_content_new ();
  g_autofree char *copied = NULL;

  yj_copy_content_add (content, YJ_COPY_MARKDOWN, source, &range);
  copied = yj_copy_content_render (content, form);
  g_assert_cmpstr (copied, ==, expected);
}

static void
test_forms (void)
{
  static const char list[] = "Before\n\n3. one **two** three\n4. four\n   - five\n\n|a|b|\n|-|:-:|\n|c|d|\n|e|f|\n\n```c\nint a;\nint b;\n```\n\n* * *\n\nAfter";

  /* A word is a word, with its looks; a list goes on from its number. */
  check_copied (list, (YjRange) { { 1, 4 }, { 1, 7 } }, YJ_COPY_AS_MARKDOWN, "**two**");
  check_copied (list, (YjRange) { { 1, 4 }, { 1, 7 } }, YJ_COPY_AS_PLAIN, "two");
  check_copied (list, (YjRange) { { 1, 4 }, { 2, 4 } }, YJ_COPY_AS_MARKDOWN, "3. **two** three\n4. four");
  check_copied (list, (YjRange) { { 2, 0 }, { 3, 4 } }, YJ_COPY_AS_MARKDOWN, "4. four\n   - five");
  check_copied (list, (YjRange) { { 2, 0 }, { 3, 4 } }, YJ_COPY_AS_HTML,
                "<meta charset=\"utf-8\">\n<ol start=\"4\">\n<li>four\n<ul>\n<li>five\n</li>\n</ul>\n</li>\n</ol>\n");
  /* Of a table, rows with their header; to the letter where it is plain. */
  check_copied (list, (YjRange) { { 9, 0 }, { 9, 1 } }, YJ_COPY_AS_MARKDOWN, "f");
  check_copied (list, (YjRange) { { 8, 0 }, { 9, 1 } }, YJ_COPY_AS_MARKDOWN, "| a | b |\n| --- | :---: |\n| e | f |");
  check_copied (list, (YjRange) { { 8, 0 }, { 9, 1 } }, YJ_COPY_AS_PLAIN, "e\tf");
  /* Of code, a fence where there is more than a line of it. */
  check_copied (list, (YjRange) { { 10, 4 }, { 10, 5 } }, YJ_COPY_AS_MARKDOWN, "`a`");
  check_copied (list, (YjRange) { { 10, 4 }, { 10, 10 } }, YJ_COPY_AS_MARKDOWN, "```c\na;\nint\n```");
  /* What is whole is as received, rules and all. */
  check_copied (list, (YjRange) { { 10, 7 }, { 12, 5 } }, YJ_COPY_AS_MARKDOWN, "```c\nint b;\n```\n\n* * *\n\nAfter");
  check_copied ("\xe4\xbd\xa0**\xe5\xa5\xbd\xe5\x90\x97**", (YjRange) { { 0, 3 }, { 0, 6 } }, YJ_COPY_AS_MARKDOWN, "**\xe5\xa5\xbd**");
}

/* What was typed is no Markdown, whatever it looks like; several messages are parted by an empty line. */
static void
test_messages (void)
{
  g_autoptr(YjCopyContent) content = yj_copy_content_new ();
  g_autofree char *markdown = NULL;
  g_autofree char *html = NULL;

  yj_copy_content_add (content, YJ_COPY_TYPED, "a *b*\nc", &(YjRange) { { 0, 2 }, { G_MAXUINT, G_MAXUINT } });
  yj_copy_content_add (content, YJ_COPY_MARKDOWN, "# d\n", &YJ_RANGE_ALL);
  markdown = yj_copy_content_render (content, YJ_COPY_AS_MARKDOWN);
  html = yj_copy_content_render (content, YJ_COPY_AS_HTML);
  g_assert_cmpstr (markdown, ==, "*b*\nc\n\n# d");
  g_assert_cmpstr (html, ==, "<meta charset=\"utf-8\">\n<p>*b*<br>\nc</p>\n<h1>d</h1>\n");
}

#define ATTACHED "<attachment name=\"__n__.txt\" bytes=\"5\">\n```&\n\n</attachment>\n\nwhat *is*"

/* What is attached goes along with the whole of a message, in a form that can be read, and with no part of its words. */
static void
test_attached (void)
{
  g_autoptr(YjCopyContent) whole = yj_copy_content_new ();
  g_autoptr(YjCopyContent) words = yj_copy_content_new ();
  g_autofree char *markdown = NULL, *html = NULL, *part = NULL;

  yj_copy_content_add (whole, YJ_COPY_TYPED, ATTACHED, &YJ_RANGE_ALL);
  markdown = yj_copy_content_render (whole, YJ_COPY_AS_MARKDOWN);
  g_assert_cmpstr (markdown, ==, "what *is*\n\n`__n__.txt`\n\n````\n```&\n````");
  html = yj_copy_content_render (whole, YJ_COPY_AS_HTML);
  g_assert_cmpstr (html, ==, "<meta charset=\"utf-8\">\n<p>what *is*</p>\n<p>__n__.txt</p>\n<pre><code>```&amp;\n</code></pre>\n");
  yj_copy_content_add (words, YJ_COPY_TYPED, ATTACHED, &(YjRange) { { 0, 5 }, { 0, 9 } });
  part = yj_copy_content_render (words, YJ_COPY_AS_PLAIN);
  g_assert_cmpstr (part, ==, "*is*");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/copy/round", test_round);
  g_test_add_func ("/copy/whole", test_whole);
  g_test_add_func ("/copy/parts", test_parts);
  g_test_add_func ("/copy/forms", test_forms);
  g_test_add_func ("/copy/messages", test_messages);
  g_test_add_func ("/copy/attached", test_attached);

  return g_test_run ();
}
