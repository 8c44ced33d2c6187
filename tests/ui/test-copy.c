/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is copied of a document: blocks written back, and parts of them. The pieces are those of tests/ui/markdown. */
#include <string.h>

#include "yj-block-range.h"
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

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/copy/round", test_round);

  return g_test_run ();
}
