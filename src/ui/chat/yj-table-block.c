/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-table-block"

#include "yj-table-block.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "yj-rich-label.h"
#include "yj-text-piece.h"

/* A table in a scroller of its own: a wide one moves sideways, and the page does not. */

#define ROWS_AT_ONCE 50         /* the rest is shown when asked for */

struct _YjTableBlock
{
  GtkWidget  parent_instance;

  GtkWidget *grid;
  GtkWidget *more_button;
  YjBlock   *block;
  GPtrArray *cells;             /* borrowed */
  gboolean   chinese;
};

G_DEFINE_FINAL_TYPE (YjTableBlock, yj_table_block, GTK_TYPE_WIDGET)

/* Where the text of a cell begins to wrap. */
static int
get_cell_chars (guint columns)
{
  return columns <= 2 ? 44 : columns == 3 ? 32 : 24;
}

static GtkWidget *
create_cell (YjTableBlock *self,
             YjBlock      *block,
             guint         i)
{
  static const float alignments[] = { 0, 0, 0.5, 1 };
  GtkWidget *cell = yj_rich_label_new ();
  GtkLabel *label = yj_rich_label_get_label (YJ_RICH_LABEL (cell));
  guint row = i / self->block->columns;

  gtk_label_set_max_width_chars (label, get_cell_chars (self->block->columns));
  gtk_label_set_xalign (label, alignments[block->align]);
  gtk_label_set_yalign (label, 0);
  gtk_label_set_justify (label, block->align == YJ_ALIGN_CENTER ? GTK_JUSTIFY_CENTER :
                                block->align == YJ_ALIGN_RIGHT ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
  gtk_widget_add_css_class (cell, "yj-cell");
  if (row == 0)
    gtk_widget_add_css_class (cell, "header");
  gtk_grid_attach (GTK_GRID (self->grid), cell, i % self->block->columns, row, 1, 1);
  return cell;
}

static void
update_cells (YjTableBlock *self,
              YjBlock      *old,
              gboolean      restyle)
{
  guint n = self->block->children != NULL ? self->block->children->len : 0;
  guint rows = n / self->block->columns;
  g_autofree char *label = NULL;

  if (rows > ROWS_AT_ONCE + 1 && !self->block->unfolded)
    n = (ROWS_AT_ONCE + 1) * self->block->columns;
  for (guint i = 0; i < n; i++)
    {
      YjBlock *block = g_ptr_array_index (self->block->children, i);

      if (i >= self->cells->len)
        g_ptr_array_add (self->cells, create_cell (self, block, i));
      else if (!restyle && old != NULL && yj_block_equal (g_ptr_array_index (old->children, i), block))
        {
          yj_block_adopt_source (g_ptr_array_index (old->children, i), block);
          continue;
        }
      yj_rich_label_set_block (g_ptr_array_index (self->cells, i), block, self->chinese);
    }
  for (guint i = self->cells->len; i > n; i--)
    gtk_grid_remove (GTK_GRID (self->grid), g_ptr_array_index (self->cells, i - 1));
  g_ptr_array_set_size (self->cells, n);

  /* translators: %u is the number of rows of a long table */
  label = g_strdup_printf (ngettext ("Show All %u Row", "Show All %u Rows", rows - 1), rows - 1);
  gtk_button_set_label (GTK_BUTTON (self->more_button), label);
  gtk_widget_set_visible (self->more_button, rows > ROWS_AT_ONCE + 1 && !self->block->unfolded);
}

static void
more_cb (YjTableBlock *self)
{
  self->block->unfolded = TRUE;
  update_cells (self, self->block, FALSE);
}

static void
yj_table_block_dispose (GObject *object)
{
  YjTableBlock *self = YJ_TABLE_BLOCK (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_ptr_array_set_size (self->cells, 0);
  g_clear_pointer (&self->block, yj_block_unref);

  G_OBJECT_CLASS (yj_table_block_parent_class)->dispose (object);
}

static void
yj_table_block_finalize (GObject *object)
{
  YjTableBlock *self = YJ_TABLE_BLOCK (object);

  g_ptr_array_unref (self->cells);

  G_OBJECT_CLASS (yj_table_block_parent_class)->finalize (object);
}

static void
yj_table_block_class_init (YjTableBlockClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_table_block_dispose;
  object_class->finalize = yj_table_block_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "yj-table");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

/* A scroller asks for a height without a width; the answer is the one for the width that the grid will have. */
static void
measure_natural (GtkWidget      *widget,
                 GtkOrientation  orientation,
                 int             for_size,
                 int            *minimum,
                 int            *natural,
                 int            *minimum_baseline,
                 int            *natural_baseline)
{
  GtkWidget *grid = gtk_widget_get_first_child (widget);
  int width;

  gtk_widget_measure (grid, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = width;
  else
    gtk_widget_measure (grid, GTK_ORIENTATION_VERTICAL, width, minimum, natural, NULL, NULL);
}

static void
allocate_natural (GtkWidget *widget,
                  int        width,
                  int        height,
                  int        baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, -1, NULL);
}

static void
yj_table_block_init (YjTableBlock *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *holder = adw_bin_new ();

  self->cells = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);

  self->grid = gtk_grid_new ();
  adw_bin_set_child (ADW_BIN (holder), self->grid);
  gtk_widget_set_layout_manager (holder, gtk_custom_layout_new (NULL, measure_natural, allocate_natural));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), holder);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_widget_set_halign (scroller, GTK_ALIGN_START);
  gtk_widget_set_parent (scroller, GTK_WIDGET (self));

  self->more_button = gtk_button_new ();
  gtk_widget_add_css_class (self->more_button, "flat");
  gtk_widget_set_visible (self->more_button, FALSE);
  g_signal_connect_swapped (self->more_button, "clicked", G_CALLBACK (more_cb), self);
  gtk_widget_set_parent (self->more_button, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Table"), -1);
}

/**
 * yj_table_block_new:
 *
 * Returns: (transfer floating): an empty one
 */
GtkWidget *
yj_table_block_new (void)
{
  return g_object_new (YJ_TYPE_TABLE_BLOCK, NULL);
}

/**
 * yj_table_block_set_block:
 * @self: a table block
 * @block: a table with as many columns as the one before
 * @chinese: whether ideographs are to have Chinese shapes
 */
void
yj_table_block_set_block (YjTableBlock *self,
                          YjBlock      *block,
                          gboolean      chinese)
{
  g_autoptr(YjBlock) old = self->block;
  gboolean restyle = chinese != self->chinese;

  g_return_if_fail (YJ_IS_TABLE_BLOCK (self));
  g_return_if_fail (block->kind == YJ_BLOCK_TABLE && block->columns > 0);

  if (old != NULL)
    block->unfolded |= old->unfolded;
  self->block = yj_block_ref (block);
  self->chinese = chinese;
  update_cells (self, old, restyle);
}

/**
 * yj_table_block_collect:
 * @self: a table block
 * @pieces: (element-type YjPiece): grows by its cells, those too that are not shown yet
 */
void
yj_table_block_collect (YjTableBlock *self,
                        GArray       *pieces)
{
  g_return_if_fail (YJ_IS_TABLE_BLOCK (self));

  for (guint i = 0; self->block != NULL && self->block->children != NULL && i < self->block->children->len; i++)
    yj_pieces_add (pieces, g_ptr_array_index (self->block->children, i),
                   i < self->cells->len ? g_ptr_array_index (self->cells, i) : NULL);
}
