/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-block-column"

#include "yj-block-column.h"

#include "yj-block-box.h"
#include "yj-block-height.h"
#include "yj-heights.h"

/* The blocks of a document one below the other, of which only those within reach of the view have widgets: the others have
 * a height that was measured or is guessed. The items of a list that is not in another block are rows of their own, since
 * there may be thousands of them. When the document grows, what is the same is not touched: it costs its last line. */

#define SPACING 10
#define TIGHT_SPACING 4
#define RESIZE_DELAY 150        /* ms, until growth out of reach is told: it is seen in the scroll bar and nowhere else */
#define DRAWN_BEYOND 100        /* px above and below what is in sight that are drawn too: scrolling moves what is drawn */
#define OVERHANG 16             /* px that an outline may lie outside of what it is around */

typedef struct
{
  YjBlock   *block;             /* a block of the document, or an item of one of its lists */
  guint      top;               /* which block of the document it is or is in */
  guint      number;            /* of an item of an ordered list */
  gboolean   ordered;
  gboolean   tight;
  gboolean   goes_on;           /* an item that is not the first */
  gboolean   measured;
  int        height;            /* px */
  GtkWidget *widget;            /* NULL: out of reach */
  YjBlock   *shown;             /* what the widget shows: the block, or a list of the one item; NULL: no widget */
} Row;

struct _YjBlockColumn
{
  GtkWidget  parent_instance;

  GArray    *rows;
  YjHeights *heights;           /* of the rows, with the space below each */
  guint      lowest;            /* rows before this one have no widget, … */
  guint      highest;           /* … nor have those from this one on */
  int        width;             /* px, that the heights are for; 0: not known yet */
  gboolean   chinese;
  gboolean   growing;           /* rows are made for text that has just come */

  guint      resize_source;
  int        told_height;       /* px, at the last look of whoever lays this out */

  int        drawn_top;         /* px, in our coordinates: what is outside is not drawn */
  int        drawn_bottom;
  guint      reach_row;
  int        reach_before;
  int        reach_after;
};

enum
{
  SIGNAL_BUILT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjBlockColumn, yj_block_column, GTK_TYPE_WIDGET)

static Row *
get_row (YjBlockColumn *self,
         guint          i)
{
  return &g_array_index (self->rows, Row, i);
}

/* ---- heights */

static void
set_height (YjBlockColumn *self,
            guint          i,
            int            height)
{
  Row *row = get_row (self, i);
  Row *next = i + 1 < self->rows->len ? row + 1 : NULL;

  row->height = height;
  yj_heights_set (self->heights, i, height + (next == NULL ? 0 : next->goes_on && next->tight ? TIGHT_SPACING : SPACING));
}

static void
guess_height (YjBlockColumn *self,
              guint          i)
{
  Row *row = get_row (self, i);

  row->measured = FALSE;
  set_height (self, i, yj_block_guess_height (row->block, self->width > 0 ? self->width : YJ_BLOCK_USUAL_WIDTH));
}

static int
get_row_width (YjBlockColumn *self,
               GtkWidget     *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return MAX (self->width, minimum);
}

static void
measure_row (YjBlockColumn *self,
             guint          i)
{
  Row *row = get_row (self, i);
  int height;

  if (self->width == 0)
    return;
  gtk_widget_measure (row->widget, GTK_ORIENTATION_VERTICAL, get_row_width (self, row->widget), &height, NULL, NULL, NULL);
  row->measured = TRUE;
  if (height != row->height)
    set_height (self, i, height);
}

/* ---- widgets */

static gboolean
has_focus (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static void
drop_widget (Row *row)
{
  g_clear_pointer (&row->widget, gtk_widget_unparent);
  g_clear_pointer (&row->shown, yj_block_unref);
}

static YjBlock *
make_shown (Row *row)
{
  YjBlock *list;

  if (row->block->kind != YJ_BLOCK_ITEM)
    return yj_block_ref (row->block);
  list = yj_block_new (YJ_BLOCK_LIST);
  list->ordered = row->ordered;
  list->level = row->number;
  list->tight = row->tight;
  list->source_start = row->block->source_start;
  list->source_end = row->block->source_end;
  yj_block_add_child (list, yj_block_ref (row->block));
  return list;
}

/* Whether the row had none before. */
static gboolean
need_widget (YjBlockColumn *self,
             guint          i)
{
  Row *row = get_row (self, i);
  GtkWidget *before = NULL;

  if (row->widget != NULL)
    return FALSE;
  for (guint j = MIN (i, self->highest); j > self->lowest && before == NULL; j--)
    before = get_row (self, j - 1)->widget;
  row->shown = make_shown (row);
  row->widget = yj_block_create_widget (row->shown);
  if (i == 0)
    gtk_widget_add_css_class (row->widget, "yj-first");
  gtk_widget_insert_after (row->widget, GTK_WIDGET (self), before);
  yj_block_update_widget (row->widget, row->shown, self->chinese);
  if (self->lowest == self->highest)
    self->lowest = self->highest = i;
  self->lowest = MIN (self->lowest, i);
  self->highest = MAX (self->highest, i + 1);
  /* What grows is measured when it is laid out: until then its style is not known, and that would have to be done again. */
  if (!self->growing)
    measure_row (self, i);
  return TRUE;
}

static void
drop_outside (YjBlockColumn *self,
              int            top,
              int            bottom)
{
  guint lowest = self->highest, highest = self->lowest;

  for (guint i = self->lowest; i < self->highest; i++)
    {
      Row *row = get_row (self, i);
      int y;

      if (row->widget == NULL)
        continue;
      y = yj_heights_get_y (self->heights, i);
      if ((y >= bottom || y + row->height <= top) && !has_focus (row->widget))
        {
          drop_widget (row);
          continue;
        }
      lowest = MIN (lowest, i);
      highest = i + 1;
    }
  self->lowest = MIN (lowest, highest);
  self->highest = highest;
}

static void
build (YjBlockColumn *self)
{
  guint n = self->rows->len;
  guint row = MIN (self->reach_row, n);
  gboolean built = FALSE;
  int y = 0;

  for (guint i = row; i < n && y < self->reach_after; i++)
    {
      built |= need_widget (self, i);
      y += yj_heights_get (self->heights, i);
    }
  y = 0;
  for (guint i = row; i > 0 && y < self->reach_before; i--)
    {
      built |= need_widget (self, i - 1);
      y += yj_heights_get (self->heights, i - 1);
    }
  y = yj_heights_get_y (self->heights, row);
  drop_outside (self, y - 2 * MAX (self->reach_before, 0), y + 2 * MAX (self->reach_after, 0));
  if (built)
    g_signal_emit (self, signals[SIGNAL_BUILT], 0);
}

/* ---- layout */

static GtkSizeRequestMode
yj_block_column_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
set_width (YjBlockColumn *self,
           int            width)
{
  if (self->width == width)
    return;
  self->width = width;
  for (guint i = 0; i < self->rows->len; i++)
    if (get_row (self, i)->widget == NULL)
      guess_height (self, i);
}

static void
yj_block_column_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  YjBlockColumn *self = YJ_BLOCK_COLUMN (widget);

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;
  if (for_size > 0)
    set_width (self, for_size);
  for (guint i = self->lowest; i < self->highest; i++)
    if (get_row (self, i)->widget != NULL)
      measure_row (self, i);
  *minimum = *natural = self->told_height = yj_heights_get_y (self->heights, self->rows->len);
}

static void
yj_block_column_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  YjBlockColumn *self = YJ_BLOCK_COLUMN (widget);

  set_width (self, width);
  for (guint i = self->lowest; i < self->highest; i++)
    {
      Row *row = get_row (self, i);
      GtkAllocation place = { 0, 0, 0, 0 };

      if (row->widget == NULL)
        continue;
      measure_row (self, i);
      place.y = yj_heights_get_y (self->heights, i);
      place.width = get_row_width (self, row->widget);
      place.height = row->height;
      gtk_widget_size_allocate (row->widget, &place, -1);
    }
}

/* Most of what has a widget is out of sight, and a renderer looks at each letter that it is given. */
static void
yj_block_column_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  YjBlockColumn *self = YJ_BLOCK_COLUMN (widget);

  for (guint i = self->lowest; i < self->highest; i++)
    {
      Row *row = get_row (self, i);
      int y;

      if (row->widget == NULL)
        continue;
      y = yj_heights_get_y (self->heights, i);
      if (y < self->drawn_bottom && y + row->height > self->drawn_top)
        gtk_widget_snapshot_child (widget, row->widget, snapshot);
    }
}

/* ---- the object */

static void
clear_row (gpointer data)
{
  Row *row = data;

  drop_widget (row);
  g_clear_pointer (&row->block, yj_block_unref);
}

static void
yj_block_column_dispose (GObject *object)
{
  YjBlockColumn *self = YJ_BLOCK_COLUMN (object);

  g_clear_handle_id (&self->resize_source, g_source_remove);
  g_array_set_size (self->rows, 0);
  yj_heights_splice (self->heights, 0, yj_heights_get_length (self->heights), 0);
  self->lowest = self->highest = 0;

  G_OBJECT_CLASS (yj_block_column_parent_class)->dispose (object);
}

static void
yj_block_column_finalize (GObject *object)
{
  YjBlockColumn *self = YJ_BLOCK_COLUMN (object);

  g_array_unref (self->rows);
  yj_heights_free (self->heights);

  G_OBJECT_CLASS (yj_block_column_parent_class)->finalize (object);
}

static void
yj_block_column_class_init (YjBlockColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_block_column_dispose;
  object_class->finalize = yj_block_column_finalize;
  widget_class->get_request_mode = yj_block_column_get_request_mode;
  widget_class->measure = yj_block_column_measure;
  widget_class->size_allocate = yj_block_column_size_allocate;
  widget_class->snapshot = yj_block_column_snapshot;

  /**
   * YjBlockColumn::built:
   * @self: the column
   *
   * Rows have got widgets.
   */
  signals[SIGNAL_BUILT] = g_signal_new ("built", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
yj_block_column_init (YjBlockColumn *self)
{
  self->rows = g_array_new (FALSE, TRUE, sizeof (Row));
  g_array_set_clear_func (self->rows, clear_row);
  self->heights = yj_heights_new ();
  self->reach_after = G_MAXINT / 4;
  self->drawn_top = G_MININT;
  self->drawn_bottom = G_MAXINT;
}

/**
 * yj_block_column_new:
 *
 * Returns: (transfer floating): an empty one, in which every row gets a widget until [method@Yj.BlockColumn.reach] says less
 */
GtkWidget *
yj_block_column_new (void)
{
  return g_object_new (YJ_TYPE_BLOCK_COLUMN, NULL);
}

/* ---- what is shown */

/* Puts into place @i what it is to show; the widget stays when it can show that too. */
static void
set_row (YjBlockColumn *self,
         guint          i,
         const Row     *new)
{
  gboolean fresh = i == self->rows->len;
  Row *row;

  if (fresh)
    {
      g_array_append_val (self->rows, *new);
      yj_block_ref (new->block);
      yj_heights_splice (self->heights, i, 0, 1);
      guess_height (self, i);
      /* What was the last has space below it now. */
      if (i > 0)
        set_height (self, i - 1, get_row (self, i - 1)->height);
      return;
    }

  row = get_row (self, i);
  if (row->goes_on != new->goes_on || row->tight != new->tight)
    {
      row->goes_on = new->goes_on;
      row->tight = new->tight;
      if (i > 0)
        set_height (self, i - 1, get_row (self, i - 1)->height);
    }
  else if (row->ordered == new->ordered && row->number == new->number && yj_block_equal (row->block, new->block))
    {
      row->top = new->top;
      return;
    }
  yj_block_unref (row->block);
  row->block = yj_block_ref (new->block);
  row->top = new->top;
  row->number = new->number;
  row->ordered = new->ordered;
  if (row->widget != NULL)
    {
      g_autoptr(YjBlock) old = g_steal_pointer (&row->shown);

      row->shown = make_shown (row);
      if (yj_block_can_take_over (old, row->shown))
        {
          yj_block_update_widget (row->widget, row->shown, self->chinese);
          return;
        }
      drop_widget (row);
    }
  guess_height (self, i);
}

static void
set_chinese (YjBlockColumn *self,
             gboolean       chinese)
{
  if (chinese == self->chinese)
    return;
  self->chinese = chinese;
  for (guint i = self->lowest; i < self->highest; i++)
    if (get_row (self, i)->widget != NULL)
      yj_block_update_widget (get_row (self, i)->widget, get_row (self, i)->shown, chinese);
}

static void
truncate_rows (YjBlockColumn *self,
               guint          n)
{
  guint old = self->rows->len;

  if (n >= old)
    return;
  g_array_set_size (self->rows, n);
  yj_heights_splice (self->heights, n, old - n, 0);
  self->highest = MIN (self->highest, n);
  self->lowest = MIN (self->lowest, self->highest);
  if (n > 0)
    set_height (self, n - 1, get_row (self, n - 1)->height);
}

static gboolean
resize_cb (gpointer user_data)
{
  YjBlockColumn *self = user_data;

  self->resize_source = 0;
  if (yj_heights_get_y (self->heights, self->rows->len) != self->told_height)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/**
 * yj_block_column_set_blocks:
 * @self: a column
 * @blocks: (element-type YjBlock): what to show
 * @first: blocks before this one are known to be as before
 * @chinese: whether ideographs are to have Chinese shapes
 */
void
yj_block_column_set_blocks (YjBlockColumn *self,
                            GPtrArray     *blocks,
                            guint          first,
                            gboolean       chinese)
{
  guint at;

  g_return_if_fail (YJ_IS_BLOCK_COLUMN (self));

  set_chinese (self, chinese);
  for (at = self->rows->len; at > 0 && get_row (self, at - 1)->top >= first;)
    at--;
  for (guint i = first; i < blocks->len; i++)
    {
      YjBlock *block = g_ptr_array_index (blocks, i);
      Row row = { block, i };

      if (block->kind != YJ_BLOCK_LIST)
        {
          set_row (self, at++, &row);
          continue;
        }
      row.ordered = block->ordered;
      row.tight = block->tight;
      for (guint j = 0; block->children != NULL && j < block->children->len; j++)
        {
          row.block = g_ptr_array_index (block->children, j);
          row.number = block->ordered ? block->level + j : 0;
          row.goes_on = j > 0;
          set_row (self, at++, &row);
        }
    }
  truncate_rows (self, at);
  self->growing = TRUE;
  build (self);
  self->growing = FALSE;
  /* Where widgets change they say so themselves. */
  if (self->resize_source == 0)
    self->resize_source = g_timeout_add (RESIZE_DELAY, resize_cb, self);
}

/**
 * yj_block_column_reach:
 * @self: a column
 * @row: a row, or `YJ_BLOCK_COLUMN_END`
 * @before: px above the beginning of @row that are to have widgets
 * @after: px below it that are to have widgets
 *
 * Says what is near the view. Rows there get widgets, now and when the text changes, those that are twice as far away lose
 * theirs; with neither @before nor @after, none is in reach.
 */
void
yj_block_column_reach (YjBlockColumn *self,
                       guint          row,
                       int            before,
                       int            after)
{
  g_return_if_fail (YJ_IS_BLOCK_COLUMN (self));

  self->reach_row = row;
  self->reach_before = before;
  self->reach_after = after;
  build (self);
}

/**
 * yj_block_column_show:
 * @self: a column
 * @top: px from its beginning to the first that is in sight
 * @bottom: and to the last
 *
 * Says what of it has to be drawn. Before that, all of it is.
 */
void
yj_block_column_show (YjBlockColumn *self,
                      int            top,
                      int            bottom)
{
  g_return_if_fail (YJ_IS_BLOCK_COLUMN (self));

  top -= OVERHANG;
  bottom += OVERHANG;
  if (top >= self->drawn_top && bottom <= self->drawn_bottom && self->drawn_top != G_MININT)
    return;
  self->drawn_top = top - DRAWN_BEYOND;
  self->drawn_bottom = bottom + DRAWN_BEYOND;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
yj_block_column_get_n_rows (YjBlockColumn *self)
{
  g_return_val_if_fail (YJ_IS_BLOCK_COLUMN (self), 0);

  return self->rows->len;
}

/**
 * yj_block_column_get_row:
 * @self: a column
 * @row: which
 * @block: (out) (optional) (transfer none): what it shows: a block of the document, or an item of a list
 *
 * Returns: (transfer none) (nullable): its widget
 */
GtkWidget *
yj_block_column_get_row (YjBlockColumn *self,
                         guint          row,
                         YjBlock      **block)
{
  g_return_val_if_fail (YJ_IS_BLOCK_COLUMN (self), NULL);
  g_return_val_if_fail (row < self->rows->len, NULL);

  if (block != NULL)
    *block = get_row (self, row)->block;
  return get_row (self, row)->widget;
}

/**
 * yj_block_column_find:
 * @self: a column
 * @y: px from its beginning
 *
 * Returns: the row at @y, or `YJ_BLOCK_COLUMN_END`
 */
guint
yj_block_column_find (YjBlockColumn *self,
                      int            y)
{
  g_return_val_if_fail (YJ_IS_BLOCK_COLUMN (self), 0);

  if (y >= yj_heights_get_y (self->heights, self->rows->len))
    return YJ_BLOCK_COLUMN_END;
  return yj_heights_find (self->heights, y);
}

/**
 * yj_block_column_get_y:
 * @self: a column
 * @row: a row; `YJ_BLOCK_COLUMN_END` for the end
 *
 * Returns: px from the beginning of the column to that of the row, as last measured or guessed
 */
int
yj_block_column_get_y (YjBlockColumn *self,
                       guint          row)
{
  g_return_val_if_fail (YJ_IS_BLOCK_COLUMN (self), 0);

  return yj_heights_get_y (self->heights, MIN (row, self->rows->len));
}

/**
 * yj_block_column_collect:
 * @self: a column
 * @pieces: (element-type YjPiece): grows by the leaves of the document, with the widgets of those that have one
 */
void
yj_block_column_collect (YjBlockColumn *self,
                         GArray        *pieces)
{
  g_return_if_fail (YJ_IS_BLOCK_COLUMN (self));

  for (guint i = 0; i < self->rows->len; i++)
    yj_block_collect_pieces (get_row (self, i)->block, get_row (self, i)->widget, pieces);
}
