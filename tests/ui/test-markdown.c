/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pieces in tests/ui/markdown: `=== name`, the Markdown, `--->`, what it must become (see yj_block_dump ()). */
#include <stdlib.h>
#include <string.h>

#include "yj-entities.h"
#include "yj-link.h"
#include "yj-markdown-source.h"
#include "yj-markdown.h"
#include "yj-test.h"
#include "yj-text.h"

typedef struct
{
  char *source;                 /* as in the file, name first */
  char *markdown;
  char *expected;
} Piece;

static void
free_piece (gpointer data)
{
  Piece *piece = data;

  g_free (piece->source);
  g_free (piece->markdown);
  g_free (piece->expected);
  g_free (piece);
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
render (const char *markdown,
        gsize       length,
        gboolean    complete)
{
  g_autoptr(YjMarkdown) document = yj_markdown_new ();
  g_autofree char *text = g_strndup (markdown, length);

  yj_markdown_set_text (document, text, complete);
  return dump (yj_markdown_get_blocks (document));
}

/* Text in the files is as it stands there; `\xHH` stands for a byte that an editor would spoil. */
static char *
unescape (const char *text)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (p[0] == '\\' && p[1] == 'x' && g_ascii_isxdigit (p[2]) && g_ascii_isxdigit (p[3]))
      {
        g_string_append_c (out, g_ascii_xdigit_value (p[2]) * 16 + g_ascii_xdigit_value (p[3]));
        p += 3;
      }
    else
      g_string_append_c (out, *p);
  return g_string_free_and_steal (g_steal_pointer (&out));
}

static GPtrArray *
load_pieces (const char *path)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func (free_piece);
  g_autofree char *contents = NULL;
  g_auto(GStrv) parts = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  parts = g_strsplit (contents, "=== ", -1);
  for (guint i = 1; parts[i] != NULL; i++)
    {
      Piece *piece = g_new0 (Piece, 1);
      char *line = strchr (parts[i], '\n');
      char *arrow = strstr (parts[i], "\n--->\n");
      g_autofree char *markdown = NULL;

      g_assert_nonnull (arrow);
      piece->source = g_strndup (parts[i], arrow - parts[i]);
      markdown = g_strndup (line + 1, MAX (arrow, line + 1) - (line + 1));
      piece->markdown = unescape (markdown);
      piece->expected = g_strdup (arrow + 6);
      g_ptr_array_add (pieces, piece);
    }
  return pieces;
}

/* Set in the environment, the files are written anew; then they are to be read by a person. */
static gboolean
is_rewriting (void)
{
  return g_getenv ("YJ_MARKDOWN_REWRITE") != NULL;
}

static void
test_at_once (gconstpointer data)
{
  g_autoptr(GPtrArray) pieces = load_pieces (data);
  g_autoptr(GString) file = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      Piece *piece = g_ptr_array_index (pieces, i);
      g_autofree char *got = render (piece->markdown, strlen (piece->markdown), TRUE);

      g_string_append_printf (file, "=== %s\n--->\n%s", piece->source, got);
      if (!is_rewriting () && strcmp (got, piece->expected) != 0)
        {
          g_test_message ("%s\nbecame\n%s\nand not\n%s", piece->source, got, piece->expected);
          g_test_fail ();
        }
    }
  g_assert_cmpuint (pieces->len, >, 0);
  if (is_rewriting ())
    g_assert_true (g_file_set_contents (data, file->str, file->len, NULL));
}

/* ---- where blocks come from */

static void
check_source (const char *text,
              GPtrArray  *blocks,
              gsize       start,
              gsize       end)
{
  gsize before = start;

  for (guint i = 0; blocks != NULL && i < blocks->len; i++)
    {
      const YjBlock *block = g_ptr_array_index (blocks, i);

      g_assert_cmpuint (block->source_start, >=, before);
      g_assert_cmpuint (block->source_end, >=, block->source_start);
      g_assert_cmpuint (block->source_end, <=, end);
      before = block->source_end;
      for (guint j = 0; block->runs != NULL && j < block->runs->len; j++)
        {
          const YjSourceRun *run = &g_array_index (block->runs, YjSourceRun, j);

          g_assert_cmpuint (run->source_start, >=, block->source_start);
          g_assert_cmpuint (run->source_end, <=, block->source_end);
          g_assert_cmpuint (run->text_end, <=, strlen (block->text));
          g_assert_true (j == 0 || run->text_start >= g_array_index (block->runs, YjSourceRun, j - 1).text_end);
          if (run->text_end - run->text_start == run->source_end - run->source_start)
            {
              g_autofree char *shown = g_strdelimit (g_strndup (block->text + run->text_start, run->text_end - run->text_start), "\n", ' ');
              g_autofree char *written = g_strdelimit (g_strndup (text + run->source_start, run->text_end - run->text_start), "\n", ' ');

              g_assert_cmpstr (shown, ==, written);      /* a line end in a formula may be a space */
            }
          g_assert_cmpuint (yj_block_get_source (block, run->text_start, FALSE), ==, run->source_start);
          g_assert_cmpuint (yj_block_get_source (block, run->text_end, TRUE), ==, run->source_end);
        }
      check_source (text, block->children, block->source_start, block->source_end);
    }
}

/* Cut out of the document, a block still is that block. */
static void
test_source (gconstpointer data)
{
  g_autoptr(GPtrArray) pieces = load_pieces (data);

  for (guint i = 0; i < pieces->len; i++)
    {
      Piece *piece = g_ptr_array_index (pieces, i);
      g_autoptr(YjMarkdown) document = yj_markdown_new ();
      GPtrArray *blocks;

      yj_markdown_set_text (document, piece->markdown, TRUE);
      blocks = yj_markdown_get_blocks (document);
      for (guint j = 0; strstr (piece->source, "]:") == NULL && j < blocks->len; j++)
        {
          const YjBlock *block = g_ptr_array_index (blocks, j);
          g_autoptr(GPtrArray) again = yj_markdown_parse (yj_markdown_get_text (document) + block->source_start,
                                                          block->source_end - block->source_start, 0);
          g_autofree char *cut = g_strndup (yj_markdown_get_text (document) + block->source_start, block->source_end - block->source_start);

          if (again->len != 1 || !yj_block_equal (g_ptr_array_index (again, 0), block))
            {
              g_autofree char *got = dump (again);

              g_test_message ("%s\nblock %u came from\n%s\nwhich is\n%s", piece->source, j, cut, got);
              g_test_fail ();
            }
        }
    }
}

/* However the text comes, each moment looks as if all of it had come at once. */
static void
test_streamed (gconstpointer data)
{
  g_autoptr(GPtrArray) pieces = load_pieces (data);
  g_autoptr(GString) all = g_string_new (NULL);

  for (guint i = 0; i <= pieces->len; i++)
    {
      const char *markdown = i < pieces->len ? ((Piece *) g_ptr_array_index (pieces, i))->markdown : all->str;
      gsize length = strlen (markdown);
      g_autoptr(YjMarkdown) document = yj_markdown_new ();
      g_autofree char *streamed = NULL;
      g_autofree char *at_once = render (markdown, length, TRUE);

      for (gsize end = 1; end <= length; end++)
        {
          g_autofree char *text = g_strndup (markdown, end);

          yj_markdown_set_text (document, text, FALSE);
          if (i < pieces->len || end % 97 == 0)
            {
              g_autofree char *now = dump (yj_markdown_get_blocks (document));
              g_autofree char *fresh = render (markdown, end, FALSE);

              g_assert_cmpstr (now, ==, fresh);
              check_source (yj_markdown_get_text (document), yj_markdown_get_blocks (document), 0, strlen (yj_markdown_get_text (document)));
            }
        }
      yj_markdown_set_text (document, markdown, TRUE);
      streamed = dump (yj_markdown_get_blocks (document));
      g_assert_cmpstr (streamed, ==, at_once);
      check_source (yj_markdown_get_text (document), yj_markdown_get_blocks (document), 0, strlen (yj_markdown_get_text (document)));
      if (i < pieces->len)
        g_string_append_printf (all, "%s\n\nnext\n\n", markdown);
    }
}

static char *
mutate (GPtrArray *pieces,
        GRand     *random)
{
  static const char * const signs[] = {
    "*", "**", "_", "`", "```", "~~", "$", "$$", "\\(", "\\)", "\\[", "\\]", "[", "](", ")", "\n", "\n\n", "> ", "- ", "1. ", "|", "|-|-|\n", "#",
    "    ", "“", "”", "。", "中", "]: ", "<br>", "&amp;", "\\", "---\n", "===\n", "![", "https://a.b/", "\t", "\r\n", "\xff", "\xe2\x80\xae",
  };
  GString *text = g_string_new (NULL);
  guint n = g_rand_int_range (random, 1, 4);

  for (guint i = 0; i < n; i++)
    {
      Piece *piece = g_ptr_array_index (pieces, g_rand_int_range (random, 0, pieces->len));

      g_string_append_printf (text, "%s%s", piece->markdown, g_rand_boolean (random) ? "\n\n" : "\n");
    }
  n = g_rand_int_range (random, 1, 8);
  for (guint i = 0; i < n && text->len > 1; i++)
    {
      gsize at = g_rand_int_range (random, 0, text->len);

      if (g_rand_boolean (random))
        g_string_insert (text, at, signs[g_rand_int_range (random, 0, G_N_ELEMENTS (signs))]);
      else
        g_string_erase (text, at, g_rand_int_range (random, 1, MIN (text->len - at, 12) + 1));
    }
  return g_string_free_and_steal (text);
}

/* The pieces put together, cut and spoiled: still each moment is as if all had come at once. */
static void
test_mutated (gconstpointer data)
{
  g_autoptr(GPtrArray) pieces = load_pieces (data);
  const char *more = g_getenv ("YJ_MARKDOWN_ROUNDS");        /* for who looks for more faults: other texts each time */
  guint rounds = more != NULL ? atoi (more) : 40;
  guint32 seed = more != NULL ? g_random_int () : 1;
  g_autoptr(GRand) random = g_rand_new_with_seed (seed);

  for (guint i = 0; i < rounds; i++)
    {
      g_autofree char *markdown = mutate (pieces, random);
      gsize length = strlen (markdown);
      g_autoptr(YjMarkdown) document = yj_markdown_new ();

      for (gsize end = 0; end < length;)
        {
          g_autofree char *text = NULL;
          g_autofree char *now = NULL;
          g_autofree char *fresh = NULL;

          end = MIN (length, end + g_rand_int_range (random, 1, 20));
          text = g_strndup (markdown, end);
          yj_markdown_set_text (document, text, end == length);
          now = dump (yj_markdown_get_blocks (document));
          fresh = render (markdown, end, end == length);
          if (strcmp (now, fresh) != 0)
            g_error ("Streamed, this\n%s\nbecame\n%s\nand at once\n%s", text, now, fresh);
          check_source (yj_markdown_get_text (document), yj_markdown_get_blocks (document), 0, strlen (yj_markdown_get_text (document)));
        }
    }
}

/* What was frozen keeps its very blocks, and nearly all of a long text is. */
static void
test_frozen (void)
{
  static const char part[] = "## Title\n\nSome *words* here.\n\n- one\n- two\n\n  more of two\n\n```c\nint a;\n\nint b;\n```\n\nEnd of it.\n\n";
  g_autoptr(YjMarkdown) document = yj_markdown_new ();
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GPtrArray) before = g_ptr_array_new ();

  for (guint i = 0; i < 50; i++)
    for (const char *p = part; *p != '\0'; p++)
      {
        GPtrArray *blocks;
        guint frozen = yj_markdown_get_frozen (document);
        guint changed;

        g_string_append_c (text, *p);
        changed = yj_markdown_set_text (document, text->str, FALSE);
        g_assert_cmpuint (changed, >=, frozen);
        blocks = yj_markdown_get_blocks (document);
        for (guint j = 0; j < MIN (changed, before->len); j++)
          g_assert_true (g_ptr_array_index (blocks, j) == g_ptr_array_index (before, j));
        g_ptr_array_set_size (before, 0);
        for (guint j = 0; j < blocks->len; j++)
          g_ptr_array_add (before, g_ptr_array_index (blocks, j));
      }
  g_assert_cmpuint (before->len, ==, 50 * 5);
  g_assert_cmpuint (yj_markdown_get_frozen (document), >=, 50 * 5 - 5);
}

/* So do the items of a list that goes on and on, of any kind, until one is set apart from the others. */
static void
test_frozen_list (void)
{
  static const char * const items[] = {
    "- item %u\n", "%u. item **%u** of it\n\n", "* item %u\n\n  ```c\n  int a;\n  ```\n\n", "%u) item\n    - inner\n    - other\n",
    "- [ ] item %u\n  goes on\n", "+ item %u\n\n  second of it\n\n",
  };

  for (guint kind = 0; kind < G_N_ELEMENTS (items); kind++)
    {
      g_autoptr(YjMarkdown) document = yj_markdown_new ();
      g_autoptr(GString) text = g_string_new ("Before it:\n\n");
      g_autofree char *streamed = NULL;
      g_autofree char *at_once = NULL;
      const YjBlock *list, *early = NULL;

      for (guint i = 1; i < 100; i++)
        {
          g_autofree char *item = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
          item = g_strdup_printf (items[kind], i, i);
#pragma GCC diagnostic pop
          for (const char *p = item; *p != '\0'; p++)
            {
              g_string_append_c (text, *p);
              yj_markdown_set_text (document, text->str, FALSE);
            }
          list = g_ptr_array_index (yj_markdown_get_blocks (document), yj_markdown_get_blocks (document)->len - 1);
          if (i == 10)
            early = g_ptr_array_index (list->children, 3);
          if (i > 10)
            g_assert_true (g_ptr_array_index (list->children, 3) == early);
        }
      g_string_append (text, kind % 2 == 0 ? "\n- apart\n" : "\n\n## End\n\n1. one\n");
      yj_markdown_set_text (document, text->str, TRUE);
      streamed = dump (yj_markdown_get_blocks (document));
      at_once = render (text->str, text->len, TRUE);
      g_assert_cmpstr (streamed, ==, at_once);
    }
}

static void
test_definition_comes_late (void)
{
  g_autoptr(YjMarkdown) document = yj_markdown_new ();
  g_autofree char *got = NULL;

  yj_markdown_set_text (document, "See [this].\n\nMore.\n\nStill more.\n\n", FALSE);
  g_assert_cmpuint (yj_markdown_get_frozen (document), >, 0);
  yj_markdown_set_text (document, "See [this].\n\nMore.\n\nStill more.\n\n[this]: https://example.org/\n", TRUE);
  got = dump (yj_markdown_get_blocks (document));
  g_assert_cmpstr (got, ==, "p: See {<https://example.org/>:this}.\np: More.\np: Still more.\n");
}

/* What is not closed yet is shown as if it were; a sign that could become anything waits. */
static void
test_unfinished (void)
{
  static const struct { const char *text; const char *shown; } pieces[] = {
    { "some **bo", "p: some {b:bo}\n" },
    { "some **bold ", "p: some {b:bold}\n" },
    { "some **bold*", "p: some {b:bold}\n" },
    { "some **", "p: some\n" },
    { "some *", "p: some\n" },
    { "**a** and `co", "p: {b:a} and {code:co}\n" },
    { "**a `co", "p: {b:a }{b code:co}\n" },
    { "see [name](https://exa", "p: see [name]\n" },
    { "text\n-", "p: text\n" },
    { "text\n- **a", "p: text\nlist\n  item\n    p: {b:a}\n" },
    { "```c\nx = 2 ** 3", "code c: x = 2 ** 3\n" },
    { "```c\nx `", "code c: x `\n" },
    { "| a | b |\n|---|---|\n| **x", "table 2 columns\n  cell: a\n  cell: b\n  cell: {b:x}\n  cell: \n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autofree char *got = render (pieces[i].text, strlen (pieces[i].text), FALSE);

      g_assert_cmpstr (got, ==, pieces[i].shown);
    }
}

static guint
depth_of (const YjBlock *block)
{
  guint depth = 0;

  for (guint i = 0; block->children != NULL && i < block->children->len; i++)
    depth = MAX (depth, depth_of (g_ptr_array_index (block->children, i)));
  return depth + 1;
}

static GString *
repeat (const char *part,
        guint       times)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < times; i++)
    g_string_append (text, part);
  return text;
}

/* Texts made to hurt: they take a moment at most, and nest no deeper than the bound. */
static void
test_hostile (void)
{
  static const char * const parts[] = {
    "> ", "- ", "1. ", "*", "**a ", "[", "![", "`", "$", "$$ ", "\\[", "\\(", "|", "a|", "<", "&amp;", "~~", "***“a”", "- - ",
    "[a](", "[a]: b\n", "[a]:", "\n\n    ", "```\n", "# ", "\xe2\x80\xae", "$a`", "$ ", "$a ", "\\[a", "$$\n", "_a*", "> - ", "|-|-|\n", "http://a.b/(",
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr(GString) text = repeat (parts[i], 100000 / strlen (parts[i]));
      g_autoptr(YjMarkdown) document = yj_markdown_new ();
      gint64 start = yj_test_worked ();
      GPtrArray *blocks;

      yj_markdown_set_text (document, text->str, FALSE);
      yj_markdown_set_text (document, text->str, TRUE);
      blocks = yj_markdown_get_blocks (document);
      for (guint j = 0; j < blocks->len; j++)
        g_assert_cmpuint (depth_of (g_ptr_array_index (blocks, j)), <=, YJ_MARKDOWN_MAX_DEPTH + 1);
      g_test_message ("%-8s %6.1f ms", parts[i], (yj_test_worked () - start) / 1e3);
      g_assert_cmpint (yj_test_worked () - start, <, yj_test_slowness () * 2 * G_USEC_PER_SEC);
    }
}

static void
test_long_paragraph (void)
{
  g_autoptr(GString) text = repeat ("这是一句很长的话。", 3000);
  g_autoptr(GString) together = g_string_new (NULL);
  g_autoptr(GPtrArray) blocks = yj_markdown_parse (text->str, text->len, 0);

  for (guint i = 0; i < blocks->len; i++)
    {
      YjBlock *block = g_ptr_array_index (blocks, i);

      g_assert_cmpuint (strlen (block->text), <=, 4000);
      g_assert_true (g_utf8_validate (block->text, -1, NULL));
      g_string_append (together, block->text);
    }
  g_assert_cmpstr (together->str, ==, text->str);
}

static void
test_entities (void)
{
  g_assert_cmpuint (yj_entity_decode ("&amp;", 5), ==, '&');
  g_assert_cmpuint (yj_entity_decode ("&zwnj;", 6), ==, 0x200c);
  g_assert_cmpuint (yj_entity_decode ("&AMP;", 5), ==, '&');
  g_assert_cmpuint (yj_entity_decode ("&rarr;", 6), ==, 0x2192);
  g_assert_cmpuint (yj_entity_decode ("&#20013;", 8), ==, 0x4e2d);
  g_assert_cmpuint (yj_entity_decode ("&#x4E2D;", 8), ==, 0x4e2d);
  g_assert_cmpuint (yj_entity_decode ("&#0;", 4), ==, 0xfffd);
  g_assert_cmpuint (yj_entity_decode ("&#x110000;", 10), ==, 0xfffd);
  g_assert_cmpuint (yj_entity_decode ("&nothing;", 9), ==, 0);
}

static void
test_links (void)
{
  static const struct { const char *address; const char *uri; } links[] = {
    { "https://example.org/a?b=c#d", "https://example.org/a?b=c#d" },
    { "HTTP://example.org", "HTTP://example.org" },
    { "mailto:a@example.org", "mailto:a@example.org" },
    { "https://example.org/中文", "https://example.org/%E4%B8%AD%E6%96%87" },
    { "javascript:alert(1)", NULL },
    { "file:///etc/passwd", NULL },
    { "data:text/html,x", NULL },
    { "/relative", NULL },
    { "https://", NULL },
    { "", NULL },
  };
  gsize length;
  const char *text = "见https://example.org/a_(b)。后面";

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *uri = yj_link_normalise (links[i].address);

      g_assert_cmpstr (uri, ==, links[i].uri);
    }
  g_assert_true (yj_link_find (text, strlen (text), &length) == strstr (text, "https"));
  g_assert_cmpuint (length, ==, strlen ("https://example.org/a_(b)"));
  g_assert_null (yj_link_find ("xhttps://a", 10, &length));
}

static void
test_neutralise (void)
{
  static const char text[] = "a\r\nb\rc\x1b[31m\xe2\x80\xae" "d\xff\xe4\xb8\xad\xef\xb7\x90\x7f\xc2\x85" "e\t.";
  static const char expected[] = "a\nb\nc\xef\xbf\xbd[31m\xef\xbf\xbd" "d\xef\xbf\xbd\xe4\xb8\xad\xef\xbf\xbd\xef\xbf\xbd\n" "e\t.";

  for (gsize split = 0; split < sizeof text; split++)
    {
      g_autoptr(GString) out = g_string_new (NULL);
      gsize read = yj_text_neutralise (out, text, split, FALSE);

      g_assert_cmpuint (read, <=, split);
      yj_text_neutralise (out, text + read, sizeof text - 1 - read, TRUE);
      g_assert_cmpstr (out->str, ==, expected);
    }
}

static void
test_language (void)
{
  g_assert_cmpstr (yj_text_get_language ("直接"), ==, "zh-cn");
  g_assert_null (yj_text_get_language ("直接です"));
  g_assert_null (yj_text_get_language ("plain"));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  g_autoptr(GDir) dir = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);

  folder = g_test_build_filename (G_TEST_DIST, "ui", "markdown", NULL);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      char *path = g_build_filename (folder, name, NULL);      /* kept for the run */
      g_autofree char *at_once = g_strdup_printf ("/markdown/at-once/%s", name);
      g_autofree char *streamed = g_strdup_printf ("/markdown/streamed/%s", name);
      g_autofree char *source = g_strdup_printf ("/markdown/source/%s", name);
      g_autofree char *mutated = g_strdup_printf ("/markdown/mutated/%s", name);

      g_test_add_data_func (at_once, path, test_at_once);
      g_test_add_data_func (source, path, test_source);
      g_test_add_data_func (mutated, path, test_mutated);
      if (!is_rewriting ())
        g_test_add_data_func_full (streamed, path, test_streamed, g_free);
    }
  g_test_add_func ("/markdown/frozen", test_frozen);
  g_test_add_func ("/markdown/frozen-list", test_frozen_list);
  g_test_add_func ("/markdown/definition-comes-late", test_definition_comes_late);
  g_test_add_func ("/markdown/unfinished", test_unfinished);
  g_test_add_func ("/markdown/hostile", test_hostile);
  g_test_add_func ("/markdown/long-paragraph", test_long_paragraph);
  g_test_add_func ("/markdown/entities", test_entities);
  g_test_add_func ("/markdown/links", test_links);
  g_test_add_func ("/markdown/neutralise", test_neutralise);
  g_test_add_func ("/markdown/language", test_language);

  return g_test_run ();
}
