/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "yj-heights.h"

/* The same, counted anew each time. */
static int
sum (GArray *plain,
     guint   n)
{
  int y = 0;

  for (guint i = 0; i < n; i++)
    y += g_array_index (plain, int, i);
  return y;
}

static guint
find (GArray *plain,
      int     y)
{
  guint i = 0;

  while (i + 1 < plain->len && sum (plain, i + 1) <= y)
    i++;
  return i;
}

static void
splice (GArray    *plain,
        YjHeights *heights,
        guint      position,
        guint      removed,
        guint      added)
{
  int zero = 0;

  g_array_remove_range (plain, position, removed);
  for (guint i = 0; i < added; i++)
    g_array_insert_val (plain, position, zero);
  yj_heights_splice (heights, position, removed, added);
}

static void
test_as_counted (void)
{
  g_autoptr(YjHeights) heights = yj_heights_new ();
  g_autoptr(GArray) plain = g_array_new (FALSE, TRUE, sizeof (int));

  for (guint turn = 0; turn < 3000; turn++)
    {
      guint position = g_test_rand_int_range (0, plain->len + 1);
      int y;

      if (turn % 7 == 0)
        splice (plain, heights, position, g_test_rand_int_range (0, MIN (plain->len - position, 4) + 1), g_test_rand_int_range (0, 9));
      else if (position < plain->len)
        {
          int height = g_test_rand_int_range (0, 50);

          g_array_index (plain, int, position) = height;
          yj_heights_set (heights, position, height);
        }
      g_assert_cmpuint (yj_heights_get_length (heights), ==, plain->len);
      position = g_test_rand_int_range (0, plain->len + 1);
      g_assert_cmpint (yj_heights_get_y (heights, position), ==, sum (plain, position));
      y = g_test_rand_int_range (-20, sum (plain, plain->len) + 20);
      if (plain->len > 0)
        g_assert_cmpuint (yj_heights_find (heights, y), ==, find (plain, y));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/heights/as-counted", test_as_counted);

  return g_test_run ();
}
