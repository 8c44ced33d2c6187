/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-gallery-grid"

#include "yj-gallery-grid-private.h"

#include <glib/gi18n.h>

#define BEYOND 0.5              /* of a view: how far out of sight cards are ready */
#define MOST_SPARE 60           /* cards that are kept for what comes into sight */

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

/* px that a card likes to be wide, and how many columns there are at least */
static const struct { int wanted; guint least; } sizes[] = { { 150, 3 }, { 230, 2 }, { 360, 1 } };

/* ---- how high things are */

static int
measure (GtkWidget *widget,
         int        width)
{
  int minimum, natural;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  return natural;
}

static YjJobCard *
new_card (YjGalleryGrid *self)
{
  YjJobCard *card = g_object_new (YJ_TYPE_JOB_CARD, NULL);

  yj_job_card_set_size (card, self->size);
  gtk_widget_set_child_visible (GTK_WIDGET (card), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (card), GTK_WIDGET (self));

  return card;
}

static int
get_height (YjGalleryGrid *self,
            YjJob         *job)
{
  gpointer kind = GINT_TO_POINTER (yj_job_card_get_kind (job));
  gpointer known;

  if (!g_hash_table_lookup_extended (self->heights, kind, NULL, &known))
    {
      if (self->sample == NULL)
        self->sample = GTK_WIDGET (new_card (self));
      yj_job_card_set_size (YJ_JOB_CARD (self->sample), self->size);
      yj_job_card_fill (YJ_JOB_CARD (self->sample), job);
      known = GINT_TO_POINTER (measure (self->sample, self->layout->card_width));
      g_hash_table_insert (self->heights, kind, known);
    }

  return GPOINTER_TO_INT (known);
}

static int
height_cb (guint    position,
           gpointer user_data)
{
  YjGalleryGrid *self = user_data;

  return get_height (self, yj_gallery_model_get_job (self->model, position));
}

static guint
section_cb (guint     section,
            gboolean *title,
            gpointer  user_data)
{
  const char *text;
  guint first = yj_gallery_model_get_section (((YjGalleryGrid *) user_data)->model, section, &text);

  *title = text != NULL;
  return first;
}

static GtkWidget *
get_head (YjGalleryGrid *self,
          guint          i)
{
  while (self->heads->len <= i)
    {
      GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "xalign", 0.0f,
                                       "ellipsize", PANGO_ELLIPSIZE_END, "css-classes", (const char *[]) { "yj-gallery-head", NULL }, NULL);

      gtk_widget_set_child_visible (label, FALSE);
      gtk_widget_set_parent (label, GTK_WIDGET (self));
      g_ptr_array_add (self->heads, label);
    }

  return self->heads->pdata[i];
}

static void
make_layout (YjGalleryGrid *self,
             int            width)
{
  if (self->model == NULL)
    return;

  if (width != self->width || g_hash_table_size (self->heights) == 0)
    {
      g_hash_table_remove_all (self->heights);
      yj_gallery_layout_set_width (self->layout, width, sizes[self->size].wanted, sizes[self->size].least);
      gtk_label_set_text (GTK_LABEL (get_head (self, 0)), "X今");
      self->head_height = measure (get_head (self, 0), -1);
    }
  self->width = width;
  self->stale = FALSE;
  yj_gallery_layout_make (self->layout, yj_gallery_model_get_n_sections (self->model), self->head_height, section_cb, height_cb, self);
}

/* ---- where the view is */

int
yj_gallery_grid_get_top (YjGalleryGrid *self)
{
  return self->adjustments[GTK_ORIENTATION_VERTICAL] != NULL ?
         (int) gtk_adjustment_get_value (self->adjustments[GTK_ORIENTATION_VERTICAL]) : 0;
}

/* The first job in sight is what stays, but at the very top that is where new ones are seen to come. */
static void
drop_anchor (YjGalleryGrid *self)
{
  int top = yj_gallery_grid_get_top (self);
  guint at = yj_gallery_layout_find_row (self->layout, top);

  if (top <= 0 || at >= self->layout->rows->len || self->model == NULL)
    g_clear_object (&self->anchor);
  else
    {
      const YjGalleryRow *row = &g_array_index (self->layout->rows, YjGalleryRow, at);

      g_set_object (&self->anchor, yj_gallery_model_get_job (self->model, row->first));
      self->anchor_y = row->y - top;
    }
}

static int
find_top (YjGalleryGrid *self)
{
  guint position = self->anchor != NULL ? yj_gallery_grid_find_position (self, self->anchor) : GTK_INVALID_LIST_POSITION;
  guint at;

  if (self->anchor == NULL)
    return 0;
  if (position == GTK_INVALID_LIST_POSITION)
    return yj_gallery_grid_get_top (self);

  at = yj_gallery_layout_find_row_of (self->layout, position);
  return at < self->layout->rows->len ? g_array_index (self->layout->rows, YjGalleryRow, at).y - self->anchor_y : 0;
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

/* ---- which jobs have a card */

static gboolean
must_stay (GtkWidget *card)
{
  return gtk_widget_get_focus_child (card) != NULL || gtk_widget_has_focus (card) || yj_job_card_is_busy (YJ_JOB_CARD (card));
}

static void
lay_aside (YjGalleryGrid *self,
           GtkWidget     *card)
{
  gtk_widget_set_child_visible (card, FALSE);
  if (self->spare->len < MOST_SPARE)
    g_ptr_array_add (self->spare, card);
  else
    gtk_widget_unparent (card);
}

/* Where among what was ordered together a job is, from 1; 0: it was ordered alone. */
static guint
count_batch (YjGalleryGrid *self,
             guint          position,
             guint         *n)
{
  const char *batch = yj_job_get_batch (yj_gallery_model_get_job (self->model, position));
  guint first = position, last = position, all = yj_gallery_model_get_n_jobs (self->model);

  *n = 0;
  if (batch == NULL)
    return 0;
  while (first > 0 && g_strcmp0 (yj_job_get_batch (yj_gallery_model_get_job (self->model, first - 1)), batch) == 0)
    first--;
  while (last + 1 < all && g_strcmp0 (yj_job_get_batch (yj_gallery_model_get_job (self->model, last + 1)), batch) == 0)
    last++;
  *n = last - first + 1;

  return *n > 1 ? position - first + 1 : 0;
}

static void
bind (YjGalleryGrid *self,
      YjJobCard     *card,
      YjJob         *job,
      guint          position)
{
  guint n, which = count_batch (self, position, &n);

  yj_job_card_set_size (card, self->size);
  g_object_set (card, "job", job, NULL);
  yj_job_card_set_batch (card, which, n);
  yj_job_card_set_selected (card, yj_gallery_grid_is_selected (self, job));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_RELATION_POS_IN_SET, (int) position + 1,
                                  GTK_ACCESSIBLE_RELATION_SET_SIZE, (int) yj_gallery_model_get_n_jobs (self->model), -1);
}

/* Gives the jobs between two places their cards, and takes those of others away. */
static void
bind_rows (YjGalleryGrid *self,
           guint          from,
           guint          to)
{
  g_autoptr(GHashTable) wanted = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer job, card;

  for (guint i = from; i < to; i++)
    {
      const YjGalleryRow *row = &g_array_index (self->layout->rows, YjGalleryRow, i);

      for (guint j = 0; j < row->n; j++)
        g_hash_table_insert (wanted, yj_gallery_model_get_job (self->model, row->first + j), GUINT_TO_POINTER (row->first + j + 1));
    }

  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, &job, &card))
    if (!g_hash_table_contains (wanted, job) && !(must_stay (card) && yj_gallery_grid_find_position (self, job) != GTK_INVALID_LIST_POSITION))
      {
        lay_aside (self, card);
        g_hash_table_iter_remove (&iter);
      }

  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &job, &card))
    {
      guint position = GPOINTER_TO_UINT (card) - 1;
      YjJobCard *shown = g_hash_table_lookup (self->cards, job);

      if (shown == NULL)
        {
          shown = self->spare->len > 0 ? g_ptr_array_steal_index (self->spare, self->spare->len - 1) : new_card (self);
          g_hash_table_insert (self->cards, g_object_ref (job), shown);
        }
      bind (self, shown, job, position);
    }
}

static void
find_range (YjGalleryGrid *self,
            guint         *from,
            guint         *to)
{
  int top = yj_gallery_grid_get_top (self), beyond = (int) (self->height * BEYOND);

  *from = yj_gallery_layout_find_row (self->layout, top - beyond);
  *to = yj_gallery_layout_find_row (self->layout, top + self->height + beyond);
  *to = MIN (*to + 1, self->layout->rows->len);
}

static void
bind_visible (YjGalleryGrid *self)
{
  guint from, to;

  if (self->model == NULL || self->stale)
    return;

  find_range (self, &from, &to);
  bind_rows (self, from, to);
}

/* ---- placing */

static void
place_heads (YjGalleryGrid *self,
             int            top)
{
  guint used = 0;

  for (guint i = 0; i < self->layout->heads->len; i++)
    {
      const YjGalleryHead *head = &g_array_index (self->layout->heads, YjGalleryHead, i);
      GtkAllocation box = { self->layout->margin, head->y - top, MAX (self->width - 2 * self->layout->margin, 1), self->head_height };
      const char *title;
      GtkWidget *label;

      if (box.y + box.height <= 0 || box.y >= self->height)
        continue;
      yj_gallery_model_get_section (self->model, head->section, &title);
      label = get_head (self, used++);
      if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), title) != 0)
        gtk_label_set_text (GTK_LABEL (label), title);
      gtk_widget_set_child_visible (label, TRUE);
      gtk_widget_size_allocate (label, &box, -1);
    }
  for (guint i = used; i < self->heads->len; i++)
    gtk_widget_set_child_visible (self->heads->pdata[i], FALSE);
}

static void
place_card (YjGalleryGrid *self,
            YjJob         *job,
            GtkWidget     *card,
            int            top)
{
  guint position = yj_gallery_grid_find_position (self, job);
  guint at = yj_gallery_layout_find_row_of (self->layout, position);
  const YjGalleryRow *row;
  GtkAllocation box;

  if (position == GTK_INVALID_LIST_POSITION || at >= self->layout->rows->len)
    {
      gtk_widget_set_child_visible (card, FALSE);
      return;
    }
  row = &g_array_index (self->layout->rows, YjGalleryRow, at);
  box.x = yj_gallery_layout_get_x (self->layout, position - row->first);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    box.x = self->width - box.x - self->layout->card_width;
  box.y = row->y - top;
  box.width = self->layout->card_width;
  box.height = MAX (row->height, measure (card, box.width));
  gtk_widget_set_child_visible (card, TRUE);
  gtk_widget_size_allocate (card, &box, -1);
}

static void
yj_gallery_grid_size_allocate (GtkWidget *widget,
                               int        width,
                               int        height,
                               int        baseline)
{
  YjGalleryGrid *self = YJ_GALLERY_GRID (widget);
  gboolean other = self->stale || width != self->width;
  GHashTableIter iter;
  gpointer job, card;
  int top;

  if (self->model == NULL)
    return;

  if (other)
    make_layout (self, width);
  self->height = height;
  top = other ? find_top (self) : yj_gallery_grid_get_top (self);
  set_adjustments (self, top, width, height);
  bind_visible (self);
  drop_anchor (self);

  top = yj_gallery_grid_get_top (self);
  place_heads (self, top);
  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, &job, &card))
    place_card (self, job, card, top);
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

/* What was ordered together stands on one plate, as far as it is in one row. */
static void
draw_plates (YjGalleryGrid *self,
             GtkSnapshot   *snapshot)
{
  int top = yj_gallery_grid_get_top (self), pad = self->layout->gap / 2 - 1;
  guint from = yj_gallery_layout_find_row (self->layout, top), to = yj_gallery_layout_find_row (self->layout, top + self->height);
  GdkRGBA colour;

  gtk_widget_get_color (GTK_WIDGET (self), &colour);
  colour.alpha *= 0.07f;
  for (guint i = from; i < self->layout->rows->len && i <= to; i++)
    {
      const YjGalleryRow *row = &g_array_index (self->layout->rows, YjGalleryRow, i);

      for (guint j = 0, end; j < row->n; j = end)
        {
          const char *batch = yj_job_get_batch (yj_gallery_model_get_job (self->model, row->first + j));
          guint n, which = count_batch (self, row->first + j, &n);
          GskRoundedRect plate;
          int x;

          for (end = j + 1; which > 0 && end < row->n; end++)
            if (g_strcmp0 (yj_job_get_batch (yj_gallery_model_get_job (self->model, row->first + end)), batch) != 0)
              break;
          if (which == 0)
            continue;
          x = yj_gallery_layout_get_x (self->layout, j);
          n = end - j;
          gsk_rounded_rect_init_from_rect (&plate, &GRAPHENE_RECT_INIT (x - pad, row->y - top - pad, (int) n * self->layout->card_width + ((int) n - 1) * self->layout->gap + 2 * pad,
                                                                        row->height + 2 * pad), 12);
          gtk_snapshot_push_rounded_clip (snapshot, &plate);
          gtk_snapshot_append_color (snapshot, &colour, &plate.bounds);
          gtk_snapshot_pop (snapshot);
        }
    }
}

static void
yj_gallery_grid_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  YjGalleryGrid *self = YJ_GALLERY_GRID (widget);

  if (self->model != NULL && !self->stale)
    draw_plates (self, snapshot);
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
  bind_visible (self);
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
    make_layout (self, self->width);
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
  bind_visible (self);
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
