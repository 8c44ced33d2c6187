/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-heights"

#include "yj-heights.h"

#include <string.h>

/* Heights of things one below the other, in px, with what is between them counted to the upper one. Where one begins and
 * which one is at a place is asked all the time, for thousands of them, so that sums are kept: a binary indexed tree, whose
 * entry i is the sum of the last (i & -i) heights up to and including the i-th, counted from 1. */
struct _YjHeights
{
  GArray *heights;              /* of int */
  GArray *sums;                 /* of int, one more; those up to `valid` are right */
  guint   valid;
};

/**
 * yj_heights_new:
 *
 * Returns: (transfer full): an empty one
 */
YjHeights *
yj_heights_new (void)
{
  YjHeights *self = g_new0 (YjHeights, 1);

  self->heights = g_array_new (FALSE, TRUE, sizeof (int));
  self->sums = g_array_new (FALSE, TRUE, sizeof (int));
  g_array_set_size (self->sums, 1);
  return self;
}

void
yj_heights_free (YjHeights *self)
{
  g_array_unref (self->heights);
  g_array_unref (self->sums);
  g_free (self);
}

guint
yj_heights_get_length (YjHeights *self)
{
  return self->heights->len;
}

/**
 * yj_heights_splice:
 * @self: heights
 * @position: where
 * @removed: how many go
 * @added: how many come, 0 px high
 */
void
yj_heights_splice (YjHeights *self,
                   guint      position,
                   guint      removed,
                   guint      added)
{
  guint old = self->heights->len;

  g_return_if_fail (position + removed <= old);

  g_array_set_size (self->heights, MAX (old, old - removed + added));
  if (self->heights->len > 0)   /* else there is no memory yet to be moved */
    {
      memmove (&g_array_index (self->heights, int, position) + added, &g_array_index (self->heights, int, position) + removed,
               (old - position - removed) * sizeof (int));
      memset (&g_array_index (self->heights, int, position), 0, added * sizeof (int));
    }
  g_array_set_size (self->heights, old - removed + added);
  g_array_set_size (self->sums, self->heights->len + 1);
  self->valid = MIN (self->valid, position);
}

/* Makes the sums right up to the first @n. */
static void
ready (YjHeights *self,
       guint      n)
{
  int *sums = (int *) (gpointer) self->sums->data;

  for (; self->valid < n; self->valid++)
    {
      guint i = self->valid + 1;

      sums[i] = g_array_index (self->heights, int, i - 1);
      for (guint j = 1; j < (i & -i); j <<= 1)
        sums[i] += sums[i - j];
    }
}

/**
 * yj_heights_set:
 * @self: heights
 * @i: which
 * @height: px, with what is below it
 */
void
yj_heights_set (YjHeights *self,
                guint      i,
                int        height)
{
  int change;

  g_return_if_fail (i < self->heights->len);

  change = height - g_array_index (self->heights, int, i);
  g_array_index (self->heights, int, i) = height;
  for (guint j = i + 1; change != 0 && j <= self->valid; j += j & -j)
    g_array_index (self->sums, int, j) += change;
}

int
yj_heights_get (YjHeights *self,
                guint      i)
{
  g_return_val_if_fail (i < self->heights->len, 0);

  return g_array_index (self->heights, int, i);
}

/**
 * yj_heights_get_y:
 * @self: heights
 * @i: which; the length for the end of all
 *
 * Returns: px from the beginning of the first to that of the @i-th
 */
int
yj_heights_get_y (YjHeights *self,
                  guint      i)
{
  int y = 0;

  g_return_val_if_fail (i <= self->heights->len, 0);

  ready (self, i);
  for (; i > 0; i &= i - 1)
    y += g_array_index (self->sums, int, i);
  return y;
}

/**
 * yj_heights_find:
 * @self: heights, not empty
 * @y: px from the beginning of the first
 *
 * Returns: which one is at @y; the first for a place before all, the last for one behind all
 */
guint
yj_heights_find (YjHeights *self,
                 int        y)
{
  guint n = self->heights->len;
  guint i = 0, step = 1;

  g_return_val_if_fail (n > 0, 0);

  ready (self, n);
  while (step <= n / 2)
    step <<= 1;
  for (; step > 0; step >>= 1)
    if (i + step <= n && g_array_index (self->sums, int, i + step) <= y)
      {
        i += step;
        y -= g_array_index (self->sums, int, i);
      }
  return MIN (i, n - 1);
}
