/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where cards and headers stand, and where the keys lead. */
#include <string.h>

#include "yj-gallery-filter.h"
#include "yj-gallery-layout.h"

/* Three days of five, none and seven jobs; the second job of the last day is higher. */
static const guint firsts[] = { 0, 5, 12 };

static guint
section_cb (guint     section,
            gboolean *title,
            gpointer  user_data)
{
  *title = TRUE;
  return firsts[section];
}

static int
height_cb (guint    position,
           gpointer user_data)
{
  return position == 6 ? 150 : 100;
}

static YjGalleryLayout *
make (int width)
{
  YjGalleryLayout *layout = yj_gallery_layout_new ();

  yj_gallery_layout_set_width (layout, width, 200, 2);
  yj_gallery_layout_make (layout, 2, 40, section_cb, height_cb, NULL);
  return layout;
}

static void
test_rows (void)
{
  g_autoptr(YjGalleryLayout) layout = make (24 + 3 * 200 + 2 * 12);
  static const YjGalleryRow rows[] = { { 0, 3, 40, 100 }, { 3, 2, 152, 100 }, { 5, 3, 304, 150 }, { 8, 3, 466, 100 }, { 11, 1, 578, 100 } };

  g_assert_cmpuint (layout->columns, ==, 3);
  g_assert_cmpint (layout->card_width, ==, 200);
  g_assert_cmpuint (layout->rows->len, ==, G_N_ELEMENTS (rows));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpmem (&g_array_index (layout->rows, YjGalleryRow, i), sizeof (YjGalleryRow), &rows[i], sizeof (YjGalleryRow));
  g_assert_cmpuint (layout->heads->len, ==, 2);
  g_assert_cmpint (g_array_index (layout->heads, YjGalleryHead, 1).y, ==, 264);
  g_assert_cmpint (layout->height, ==, 690);

  g_assert_cmpuint (yj_gallery_layout_find_row (layout, -5), ==, 0);
  g_assert_cmpuint (yj_gallery_layout_find_row (layout, 140), ==, 1);
  g_assert_cmpuint (yj_gallery_layout_find_row (layout, 690), ==, 5);
  for (guint i = 0; i < 12; i++)
    {
      const YjGalleryRow *row = &g_array_index (layout->rows, YjGalleryRow, yj_gallery_layout_find_row_of (layout, i));

      g_assert_cmpuint (i, >=, row->first);
      g_assert_cmpuint (i, <, row->first + row->n);
    }
  g_assert_cmpuint (yj_gallery_layout_find_row_of (layout, 12), ==, 5);
}

static void
test_moves (void)
{
  g_autoptr(YjGalleryLayout) layout = make (24 + 3 * 200 + 2 * 12);

  g_assert_cmpuint (yj_gallery_layout_move (layout, 1, 1), ==, 4);
  g_assert_cmpuint (yj_gallery_layout_move (layout, 2, 1), ==, 4);      /* a shorter row */
  g_assert_cmpuint (yj_gallery_layout_move (layout, 4, 1), ==, 6);      /* into the next day */
  g_assert_cmpuint (yj_gallery_layout_move (layout, 10, -2), ==, 4);
  g_assert_cmpuint (yj_gallery_layout_move (layout, 1, -1), ==, 1);
  g_assert_cmpuint (yj_gallery_layout_move (layout, 0, 99), ==, 11);
}

static void
test_narrow (void)
{
  g_autoptr(YjGalleryLayout) layout = make (320);

  g_assert_cmpuint (layout->columns, ==, 2);
  g_assert_cmpint (yj_gallery_layout_get_x (layout, 1) + layout->card_width, <=, 320 - layout->margin);
}

static void
test_words (void)
{
  g_auto(GStrv) words = yj_gallery_split_words ("  月光　ＷＡＶＥ  x ");
  g_auto(GStrv) none = yj_gallery_split_words (" 　 ");
  static const char * const expected[] = { "月光", "wave", "x", NULL };

  g_assert_cmpstrv (words, expected);
  g_assert_null (none);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/gallery-layout/rows", test_rows);
  g_test_add_func ("/gallery-layout/moves", test_moves);
  g_test_add_func ("/gallery-layout/narrow", test_narrow);
  g_test_add_func ("/gallery-filter/words", test_words);

  return g_test_run ();
}
