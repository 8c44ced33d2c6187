/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formulas: what is read and set, that the rest is given up as a whole, and that no text does harm. */
#include <pango/pangocairo.h>
#include <string.h>

#include "yj-formula.h"
#include "yj-test.h"

#define EM 16.0

static PangoContext *
create_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  g_autoptr(PangoFontDescription) font = pango_font_description_from_string ("sans 11");

  pango_context_set_font_description (context, font);
  return context;
}

static GStrv
load_formulas (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "ui", "formulas.txt", NULL);
  g_autofree char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  return g_strsplit (g_strstrip (contents), "\n", -1);
}

static void
check_drawn (YjFormula *formula)
{
  static const GdkRGBA black = { 0, 0, 0, 1 };
  double width, ascent, descent;
  double sum = 0;
  guint n;

  yj_formula_get_size (formula, &width, &ascent, &descent);
  g_assert_cmpfloat (width, >=, 0);
  g_assert_cmpfloat (width, <, 1e6);
  g_assert_cmpfloat (ascent + descent, >=, 0);
  g_assert_cmpfloat (ascent + descent, <, 1e6);
  n = yj_formula_get_parts (formula, 5 * EM);
  for (guint i = 0; i < n; i++)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();
      GskRenderNode *node;

      yj_formula_snapshot (formula, i, snapshot, &black);
      node = gtk_snapshot_free_to_node (snapshot);
      g_clear_pointer (&node, gsk_render_node_unref);
      sum += yj_formula_get_part (formula, i, NULL);
    }
  g_assert_cmpfloat_with_epsilon (sum, width, 0.01);
}

static void
test_known (void)
{
  g_autoptr(GObject) context = G_OBJECT (create_context ());
  g_auto(GStrv) formulas = load_formulas ();

  g_assert_cmpuint (g_strv_length (formulas), >=, 60);
  for (guint i = 0; formulas[i] != NULL; i++)
    for (int display = 0; display <= 1; display++)
      {
        g_autoptr(YjFormula) formula = yj_formula_new (formulas[i], display);

        if (formula == NULL)
          g_error ("Not read: %s", formulas[i]);
        g_assert_true (yj_formula_set (formula, PANGO_CONTEXT (context), EM));
        check_drawn (formula);
      }
}

static void
test_unknown (void)
{
  static const char * const formulas[] = {
    "\\nosuch{x}", "{", "}", "a}", "\\frac{a}", "\\sqrt", "\\left( a", "a \\right)", "\\begin{matrix} a", "\\end{matrix}",
    "\\begin{matrix} a \\end{pmatrix}", "\\begin{nosuch} a \\end{nosuch}", "x^1^2", "x_1_2", "x^", "\\text{a", "\\left\\alpha x \\right.",
    "#1", "\\", "\\text{\\nosuch}", "\\begin{array}{x} a \\end{array}", "$", "a $ b", "\\sqrt[3{x}", "\\newcommand{\\a}{b}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (formulas); i++)
    if (yj_formula_new (formulas[i], TRUE) != NULL)
      g_error ("Read: %s", formulas[i]);
}

static void
get_size (const char *source,
          gboolean    display,
          double     *width,
          double     *height)
{
  g_autoptr(GObject) context = G_OBJECT (create_context ());
  g_autoptr(YjFormula) formula = yj_formula_new (source, display);
  double ascent, descent;

  g_assert_nonnull (formula);
  g_assert_true (yj_formula_set (formula, PANGO_CONTEXT (context), EM));
  yj_formula_get_size (formula, width, &ascent, &descent);
  *height = ascent + descent;
}

static void
test_sizes (void)
{
  static const struct { const char *lower; const char *higher; } pairs[] = {
    { "a", "a^2" }, { "a^2", "\\frac{a}{b}" }, { "\\frac ab", "\\frac{\\frac ab}{c}" }, { "a", "\\sqrt{\\frac ab}" },
    { "(a)", "\\left(\\frac ab\\right)" }, { "\\begin{matrix}a\\end{matrix}", "\\begin{matrix}a\\\\b\\end{matrix}" }, { "a", "\\hat a" },
  };
  double width, height, other_width, other_height;

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      get_size (pairs[i].lower, TRUE, &width, &height);
      get_size (pairs[i].higher, TRUE, &other_width, &other_height);
      g_assert_cmpfloat (height, <, other_height);
    }
  /* Delimiters are no part of it; a sum has its limits below and above only where there is room. */
  get_size ("x", TRUE, &width, &height);
  get_size ("\\(x\\)", TRUE, &other_width, &other_height);
  g_assert_cmpfloat (width, ==, other_width);
  get_size ("$$\\sum_{i=1}^n$$", TRUE, &width, &height);
  get_size ("$\\sum_{i=1}^n$", FALSE, &other_width, &other_height);
  g_assert_cmpfloat (width, <, other_width * 1.2);
  g_assert_cmpfloat (height, >, other_height * 1.4);
}

static char *
repeat (const char *part,
        guint       times)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < times; i++)
    g_string_append (text, part);
  return g_string_free_and_steal (text);
}

static void
try_formula (const char   *source,
             PangoContext *context)
{
  g_autoptr(YjFormula) formula = yj_formula_new (source, TRUE);

  if (formula != NULL && yj_formula_set (formula, context, EM))
    check_drawn (formula);
}

/* Texts made to hurt take a moment at most. */
static void
test_hostile (void)
{
  static const char * const parts[] = {
    "{", "x^{", "\\frac{", "\\sqrt{", "\\left(", "\\left.\\middle|", "\\begin{matrix}", "&", "\\\\", "&\\\\", "\\text{", "\\hat{", "x_", "'",
    "\\text{$", "\\substack{", "\\overset{", "\\xrightarrow[", "\\sqrt[", "a\\over ", "\\not", "\\hspace{99999em}", "\\big(", "中", "\\displaystyle ",
    "\\sum_{", "\\mathbb{", "\\left( \\frac{1}{2} \\middle| \\left( ", "x", "\\binom{", "^", "%", "\\ ", "\\cr", "~", "\\hline",
  };
  g_autoptr(GObject) context = G_OBJECT (create_context ());

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    for (guint times = 3; times < 10000 / strlen (parts[i]); times *= 5)
      {
        g_autofree char *text = repeat (parts[i], times);
        g_autofree char *closed = repeat ("}", times);
        g_autofree char *both = g_strconcat (text, "x", closed, NULL);
        gint64 start = yj_test_worked ();

        try_formula (text, PANGO_CONTEXT (context));
        try_formula (both, PANGO_CONTEXT (context));
        g_assert_cmpint (yj_test_worked () - start, <, yj_test_slowness () * G_USEC_PER_SEC);
      }
}

/* Formulas with characters taken out, put in, doubled and swapped. */
static void
test_mutated (void)
{
  static const char signs[] = "{}[]()\\^_&$'%#~ a1|.";
  g_autoptr(GObject) context = G_OBJECT (create_context ());
  g_auto(GStrv) formulas = load_formulas ();
  guint rounds = g_test_thorough () ? 200 : 8;

  for (guint i = 0; formulas[i] != NULL; i++)
    for (guint round = 0; round < rounds; round++)
      {
        g_autoptr(GString) text = g_string_new (formulas[i]);
        guint n = g_test_rand_int_range (1, 5);

        for (guint j = 0; j < n && text->len > 1; j++)
          {
            gsize at = g_test_rand_int_range (0, text->len);

            if (g_test_rand_bit ())
              g_string_insert_c (text, at, signs[g_test_rand_int_range (0, sizeof signs - 1)]);
            else
              g_string_erase (text, at, g_test_rand_int_range (1, MIN (text->len - at, 6) + 1));
          }
        if (g_utf8_validate (text->str, -1, NULL))
          try_formula (text->str, PANGO_CONTEXT (context));
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gtk_init_check ();            /* drawing needs it, a display it does not */

  g_test_add_func ("/formula/known", test_known);
  g_test_add_func ("/formula/unknown", test_unknown);
  g_test_add_func ("/formula/sizes", test_sizes);
  g_test_add_func ("/formula/hostile", test_hostile);
  g_test_add_func ("/formula/mutated", test_mutated);

  return g_test_run ();
}
