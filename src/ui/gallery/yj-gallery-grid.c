/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-gallery-grid"

#include "yj-gallery-grid-private.h"

#include <glib/gi18n.h>

/**
 * YjGalleryGrid:
 *
 * GtkGridView has no sections, and makes widgets for many rows out of sight. Here every place is a number that is known
 * beforehand (see yj-gallery-layout.h): cards of one kind have one height, so that nothing has to be measured to know how
 * long the whole is, and the scroll bar does not jump.
 */
typedef enum
{
  PROP_HADJUSTMENT = 1,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
  PROP_SIZE,
} YjGalleryGridProps;

guint yj_gallery_grid_signals[YJ_GALLERY_GRID_N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (YjGalleryGrid, yj_gallery_grid, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

/* ---- where the view is */

int
yj_gallery_grid_get_top (YjGalleryGrid *self)
{
  return self->adjustments[GTK_ORIENTATION_VERTICAL] != NULL ?
         (int) gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_VERTICAL]) : 0;
}

static void
set_adjustments (YjGalleryGrid *self,
                 int            top,
                 int            width,
                 int            height)
{
  GtkAdjustment *vertical = self->adjustments[GTK_ORIENTATION_VERTICAL];
  int upper = MAX (self->layout->height, height);

  self->placing = TRUE;
  if (vertical != NULL)
    gtk_adjustment_configure (vertical, CLAMP (top, 0, upper - height), 0, upper, height * 0.1, height * 0.9, height);
  if (self->adjustments[GTK_ORIENTATION_HORIZONTAL] != NULL)
    gtk_adjustment_configure (self->adjustments[GTK_ORIENTATION_HORIZONTAL], 0, 0, width, width, width, width);
  self->placing = FALSE;
}

static void
yj_gallery_grid_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  YjGalleryGrid *self = YJ_GALLERY_GRID (widget);
  gboolean other = self->stale || width != self->width;
  int top;

  if (self->model == NULL)
    return;

  if (other)
    yj_gallery_grid_make_layout (self, width);
  self->height = height;
  top = other ? yj_gallery_grid_find_top (self) : yj_gallery_grid_get_top (self);
  set_adjustments (self, top, width, height);
  yj_gallery_grid_bind_visible (self);
  yj_gallery_grid_drop_anchor (self);

  yj_gallery_grid_place (self);
}

static void
yj_gallery_grid_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 100;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 700 : 400;
}

static void
yj_gallery_grid_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  YjGalleryGrid *self = YJ_GALLERY_GRID (widget);

  if (self->model != NULL && !self->stale)
    yj_gallery_grid_draw_plates (self, snapshot);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_widget_snapshot_child (widget, child, snapshot);
}

/* ---- what changes */

static void
make_anew (YjGalleryGrid *self)
{
  self->stale = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Whether the focus is on a card whose job is no longer shown. */
static gboolean
loses_focus (YjGalleryGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) && self->cursor != NULL &&
         yj_gallery_grid_find_position (self, self->cursor) == GTK_INVALID_LIST_POSITION;
}

static void
model_changed_cb (YjGalleryGrid *self)
{
  yj_gallery_grid_prune (self);
  make_anew (self);
  /* To the one that is in its place now: the keys go on from there. */
  if (loses_focus (self))
    yj_gallery_grid_focus (self);
}

static void
value_changed_cb (YjGalleryGrid *self)
{
  if (self->placing)
    return;

  /* Now and not during the layout: what it binds asks for one of its own. */
  yj_gallery_grid_bind_visible (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
set_adjustment (YjGalleryGrid  *self,
                GtkOrientation  orientation,
                GtkAdjustment  *adjustment)
{
  if (self->adjustments[orientation] == adjustment)
    return;

  if (self->adjustments[orientation] != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustments[orientation], self);
  g_set_object (&self->adjustments[orientation], adjustment);
  if (adjustment != NULL && orientation == GTK_ORIENTATION_VERTICAL)
    g_signal_connect_swapped (adjustment, "value-changed", G_CALLBACK (value_changed_cb), self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
set_size (YjGalleryGrid *self,
          YjJobCardSize  size)
{
  if (self->size == size)
    return;

  self->size = size;
  g_hash_table_remove_all (self->heights);
  make_anew (self);
}

/* Another font, or another scale of it. */
static void
yj_gallery_grid_css_changed (GtkWidget         *widget,
                             GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (yj_gallery_grid_parent_class)->css_changed (widget, change);

  g_hash_table_remove_all (YJ_GALLERY_GRID (widget)->heights);
  make_anew (YJ_GALLERY_GRID (widget));
}

/* ---- focus */

static gboolean
yj_gallery_grid_focus_vfunc (GtkWidget        *widget,
                             GtkDirectionType  direction)
{
  YjGalleryGrid *self = YJ_GALLERY_GRID (widget);
  GtkWidget *inside = gtk_widget_get_focus_child (widget);

  /* First to the buttons of the card, then out: the cards themselves are gone through by the arrows. */
  if (inside != NULL)
    return (direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD) && gtk_widget_child_focus (inside, direction);
  if (self->model == NULL || yj_gallery_model_get_n_jobs (self->model) == 0)
    return FALSE;

  yj_gallery_grid_focus (self);
  return TRUE;
}

static void
yj_gallery_grid_set_focus_child (GtkWidget *widget,
                                 GtkWidget *child)
{
  YjGalleryGrid *self = YJ_GALLERY_GRID (widget);

  GTK_WIDGET_CLASS (yj_gallery_grid_parent_class)->set_focus_child (widget, child);

  if (YJ_IS_JOB_CARD (child))
    {
      g_set_object (&self->cursor, yj_job_card_get_job (YJ_JOB_CARD (child)));
      self->cursor_position = yj_gallery_grid_find_position (self, self->cursor);
      g_signal_emit (self, yj_gallery_grid_signals[YJ_GALLERY_GRID_CURSOR_CHANGED], 0);
    }
}

/* ---- the object */

static void
yj_gallery_grid_dispose (GObject *object)
{
  YjGalleryGrid *self = YJ_GALLERY_GRID (object);
  GtkWidget *child;

  set_adjustment (self, GTK_ORIENTATION_HORIZONTAL, NULL);
  set_adjustment (self, GTK_ORIENTATION_VERTICAL, NULL);
  g_clear_object (&self->model);
  g_clear_object (&self->anchor);
  g_clear_object (&self->cursor);
  g_clear_object (&self->range_start);
  g_hash_table_remove_all (self->selected);
  g_hash_table_remove_all (self->cards);
  g_ptr_array_set_size (self->spare, 0);
  g_ptr_array_set_size (self->heads, 0);
  self->sample = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (yj_gallery_grid_parent_class)->dispose (object);
}

static void
yj_gallery_grid_finalize (GObject *object)
{
  YjGalleryGrid *self = YJ_GALLERY_GRID (object);

  g_hash_table_unref (self->cards);
  g_hash_table_unref (self->heights);
  g_hash_table_unref (self->selected);
  g_ptr_array_unref (self->spare);
  g_ptr_array_unref (self->heads);
  yj_gallery_layout_free (self->layout);

  G_OBJECT_CLASS (yj_gallery_grid_parent_class)->finalize (object);
}

static void
yj_gallery_grid_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  YjGalleryGrid *self = YJ_GALLERY_GRID (object);

  switch ((YjGalleryGridProps) prop_id)
    {
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[prop_id - PROP_HADJUSTMENT]);
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[prop_id - PROP_HSCROLL_POLICY]);
      break;
    case PROP_SIZE:
      g_value_set_int (value, (int) self->size);
      break;
    }
}

static void
yj_gallery_grid_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  YjGalleryGrid *self = YJ_GALLERY_GRID (object);

  switch ((YjGalleryGridProps) prop_id)
    {
    case PROP_HADJUSTMENT:
    case PROP_VADJUSTMENT:
      set_adjustment (self, (GtkOrientation) (prop_id - PROP_HADJUSTMENT), g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
    case PROP_VSCROLL_POLICY:
      self->policies[prop_id - PROP_HSCROLL_POLICY] = g_value_get_enum (value);
      break;
    case PROP_SIZE:
      set_size (self, (YjJobCardSize) g_value_get_int (value));
      break;
    }
}

static void
yj_gallery_grid_class_init (YjGalleryGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = yj_gallery_grid_dispose;
  object_class->finalize = yj_gallery_grid_finalize;
  object_class->get_property = yj_gallery_grid_get_property;
  object_class->set_property = yj_gallery_grid_set_property;
  widget_class->measure = yj_gallery_grid_measure;
  widget_class->size_allocate = yj_gallery_grid_size_allocate;
  widget_class->snapshot = yj_gallery_grid_snapshot;
  widget_class->css_changed = yj_gallery_grid_css_changed;
  widget_class->focus = yj_gallery_grid_focus_vfunc;
  widget_class->set_focus_child = yj_gallery_grid_set_focus_child;

  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");
  g_object_class_install_property (object_class, PROP_SIZE,
                                   g_param_spec_int ("size", NULL, NULL, 0, YJ_JOB_CARD_LARGE, YJ_JOB_CARD_MEDIUM,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));

  yj_gallery_grid_signals[YJ_GALLERY_GRID_ACTIVATE] =
    g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, YJ_TYPE_JOB);
  yj_gallery_grid_signals[YJ_GALLERY_GRID_SELECTION_CHANGED] =
    g_signal_new ("selection-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  yj_gallery_grid_signals[YJ_GALLERY_GRID_CURSOR_CHANGED] =
    g_signal_new ("cursor-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "gallery-grid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID);
  yj_gallery_grid_install_keys (widget_class);
}

static void
yj_gallery_grid_init (YjGalleryGrid *self)
{
  self->size = YJ_JOB_CARD_MEDIUM;
  self->layout = yj_gallery_layout_new ();
  self->cards = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->heights = g_hash_table_new (NULL, NULL);
  self->selected = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->spare = g_ptr_array_new ();
  self->heads = g_ptr_array_new ();
  self->stale = TRUE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_MULTI_SELECTABLE, TRUE, -1);
  yj_gallery_grid_add_pointer (self);
}

/* ---- public */

/**
 * yj_gallery_grid_set_model:
 * @self: a grid
 * @model: what to show
 */
void
yj_gallery_grid_set_model (YjGalleryGrid  *self,
                           YjGalleryModel *model)
{
  g_return_if_fail (YJ_IS_GALLERY_GRID (self));
  g_return_if_fail (self->model == NULL && YJ_IS_GALLERY_MODEL (model));

  self->model = g_object_ref (model);
  g_signal_connect_object (model, "changed", G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
  make_anew (self);
}

guint
yj_gallery_grid_find_position (YjGalleryGrid *self,
                               YjJob         *job)
{
  return job != NULL && self->model != NULL ? yj_gallery_model_find (self->model, job) : GTK_INVALID_LIST_POSITION;
}

void
yj_gallery_grid_move_to (YjGalleryGrid *self,
                         guint          position)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  int top = yj_gallery_grid_get_top (self), over;
  const YjGalleryRow *row;
  YjJobCard *card;
  guint at;

  if (self->stale && self->width > 0)
    yj_gallery_grid_make_layout (self, self->width);
  at = yj_gallery_layout_find_row_of (self->layout, position);
  if (at >= self->layout->rows->len)
    return;

  /* The first row of a section comes with its header. */
  row = &g_array_index (self->layout->rows, YjGalleryRow, at);
  over = at == 0 ? row->y : MIN (row->y - row[-1].y - row[-1].height, self->head_height + self->layout->gap);
  if (row->y - over < top)
    top = row->y - over;
  else if (row->y + row->height + self->layout->gap > top + self->height)
    top = row->y + row->height + self->layout->gap - self->height;
  if (adjustment != NULL)
    gtk_adjustment_set_value (adjustment, top);
  yj_gallery_grid_bind_visible (self);
  card = yj_gallery_grid_find_card (self, yj_gallery_model_get_job (self->model, position));
  if (card == NULL)
    return;
  gtk_widget_set_child_visible (GTK_WIDGET (card), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (card));
}

/**
 * yj_gallery_grid_find_card:
 * @self: a grid
 * @job: a job
 *
 * Returns: (transfer none) (nullable): its card, when it is in sight or nearly so
 */
YjJobCard *
yj_gallery_grid_find_card (YjGalleryGrid *self,
                           YjJob         *job)
{
  g_return_val_if_fail (YJ_IS_GALLERY_GRID (self), NULL);

  return g_hash_table_lookup (self->cards, job);
}

/**
 * yj_gallery_grid_pick_card:
 * @self: a grid
 * @x: px
 * @y: px
 *
 * Returns: (transfer none) (nullable): the card there
 */
YjJobCard *
yj_gallery_grid_pick_card (YjGalleryGrid *self,
                           double         x,
                           double         y)
{
  GtkWidget *found;

  g_return_val_if_fail (YJ_IS_GALLERY_GRID (self), NULL);

  found = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  if (found != NULL && !YJ_IS_JOB_CARD (found))
    found = gtk_widget_get_ancestor (found, YJ_TYPE_JOB_CARD);

  return found != NULL ? YJ_JOB_CARD (found) : NULL;
}

/**
 * yj_gallery_grid_get_cursor:
 * @self: a grid
 *
 * Returns: (transfer none) (nullable): the job whose card has, or had last, the focus
 */
YjJob *
yj_gallery_grid_get_cursor (YjGalleryGrid *self)
{
  g_return_val_if_fail (YJ_IS_GALLERY_GRID (self), NULL);

  return yj_gallery_grid_find_position (self, self->cursor) != GTK_INVALID_LIST_POSITION ? self->cursor : NULL;
}

/**
 * yj_gallery_grid_focus:
 * @self: a grid
 *
 * Gives the focus to the card that had it last; when that is gone, to the one that is there now.
 */
void
yj_gallery_grid_focus (YjGalleryGrid *self)
{
  guint position, n;

  g_return_if_fail (YJ_IS_GALLERY_GRID (self));

  n = self->model != NULL ? yj_gallery_model_get_n_jobs (self->model) : 0;
  if (n == 0)
    return;

  position = yj_gallery_grid_find_position (self, self->cursor);
  if (position == GTK_INVALID_LIST_POSITION)
    position = self->cursor != NULL && self->cursor_position != GTK_INVALID_LIST_POSITION ? MIN (self->cursor_position, n - 1) : 0;
  yj_gallery_grid_move_to (self, position);
}
