/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-gallery-layout"

#include "yj-gallery-layout.h"

/**
 * yj_gallery_layout_new:
 *
 * Returns: (transfer full): a layout of nothing
 */
YjGalleryLayout *
yj_gallery_layout_new (void)
{
  YjGalleryLayout *self = g_new0 (YjGalleryLayout, 1);

  self->rows = g_array_new (FALSE, FALSE, sizeof (YjGalleryRow));
  self->heads = g_array_new (FALSE, FALSE, sizeof (YjGalleryHead));
  self->columns = 1;
  self->gap = 12;
  self->margin = 12;

  return self;
}

/**
 * yj_gallery_layout_free:
 * @self: (transfer full): a layout
 */
void
yj_gallery_layout_free (YjGalleryLayout *self)
{
  g_array_unref (self->rows);
  g_array_unref (self->heads);
  g_free (self);
}

/**
 * yj_gallery_layout_set_width:
 * @self: a layout
 * @width: px that there are
 * @wanted: px that a card likes to be wide
 * @least: columns
 *
 * As many columns as cards of that width fit, but not fewer than @least; they share what is left.
 */
void
yj_gallery_layout_set_width (YjGalleryLayout *self,
                             int              width,
                             int              wanted,
                             guint            least)
{
  int inner = MAX (width - 2 * self->margin, 1);

  g_return_if_fail (wanted > 0 && least > 0);

  self->columns = MAX ((guint) ((inner + self->gap) / (wanted + self->gap)), least);
  self->card_width = MAX ((inner - ((int) self->columns - 1) * self->gap) / (int) self->columns, 1);
}

/**
 * yj_gallery_layout_make:
 * @self: a layout
 * @n_sections: how many there are
 * @head_height: px of a header
 * @section_func: (scope call): tells the first job of a section, and, of the one behind the last, the number of jobs
 * @height_func: (scope call): tells the height of a card
 * @user_data: for both
 *
 * Puts everything into its place, for the width that was set.
 */
void
yj_gallery_layout_make (YjGalleryLayout      *self,
                        guint                 n_sections,
                        int                   head_height,
                        YjGallerySectionFunc  section_func,
                        YjGalleryHeightFunc   height_func,
                        gpointer              user_data)
{
  int y = 0;

  g_array_set_size (self->rows, 0);
  g_array_set_size (self->heads, 0);
  for (guint section = 0; section < n_sections; section++)
    {
      gboolean title = FALSE, ignored;
      guint first = section_func (section, &title, user_data);
      guint end = section_func (section + 1, &ignored, user_data);

      if (title)
        {
          YjGalleryHead head = { section, y };

          g_array_append_val (self->heads, head);
          y += head_height;
        }
      else
        y += self->gap;
      for (guint position = first; position < end; position += self->columns)
        {
          YjGalleryRow row = { position, MIN (self->columns, end - position), y, 0 };

          for (guint i = 0; i < row.n; i++)
            row.height = MAX (row.height, height_func (position + i, user_data));
          g_array_append_val (self->rows, row);
          y += row.height + self->gap;
        }
    }
  self->height = y;
}

/**
 * yj_gallery_layout_find_row:
 * @self: a layout
 * @y: px from the top
 *
 * Returns: the first row that ends below @y; the number of rows when all end above
 */
guint
yj_gallery_layout_find_row (YjGalleryLayout *self,
                            int              y)
{
  guint low = 0, high = self->rows->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const YjGalleryRow *row = &g_array_index (self->rows, YjGalleryRow, middle);

      if (row->y + row->height <= y)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/**
 * yj_gallery_layout_find_row_of:
 * @self: a layout
 * @position: of a job
 *
 * Returns: the row that it is in; the number of rows when it is in none
 */
guint
yj_gallery_layout_find_row_of (YjGalleryLayout *self,
                               guint            position)
{
  guint low = 0, high = self->rows->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const YjGalleryRow *row = &g_array_index (self->rows, YjGalleryRow, middle);

      if (row->first + row->n <= position)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/**
 * yj_gallery_layout_get_x:
 * @self: a layout
 * @column: from the left
 *
 * Returns: px from the left
 */
int
yj_gallery_layout_get_x (YjGalleryLayout *self,
                         guint            column)
{
  return self->margin + (int) column * (self->card_width + self->gap);
}

/**
 * yj_gallery_layout_move:
 * @self: a layout
 * @position: of a job
 * @rows: how many rows down; less than 0: up
 *
 * Returns: the job in the same column there, or the last of a row that is shorter; @position at the end of the way
 */
guint
yj_gallery_layout_move (YjGalleryLayout *self,
                        guint            position,
                        int              rows)
{
  guint at = yj_gallery_layout_find_row_of (self, position), to;
  const YjGalleryRow *row;
  guint column;

  if (at >= self->rows->len)
    return position;

  column = position - g_array_index (self->rows, YjGalleryRow, at).first;
  to = (guint) CLAMP ((gint64) at + rows, 0, (gint64) self->rows->len - 1);
  if (to == at)
    return position;
  row = &g_array_index (self->rows, YjGalleryRow, to);

  return row->first + MIN (column, row->n - 1);
}
