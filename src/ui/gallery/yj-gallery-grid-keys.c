/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys and pointer in the grid: moving, selecting, opening. */
#define G_LOG_DOMAIN "yj-gallery-grid"

#include "yj-gallery-grid-private.h"

typedef enum
{
  MOVE_LEFT,
  MOVE_RIGHT,
  MOVE_UP,
  MOVE_DOWN,
  MOVE_PAGE_UP,
  MOVE_PAGE_DOWN,
  MOVE_FIRST,
  MOVE_LAST,
} Move;

static guint
find_cursor (YjGalleryGrid *self)
{
  return yj_gallery_grid_find_position (self, self->cursor);
}

/* Rows that fill a view, and one less, so that the eye finds its place. */
static int
count_page (YjGalleryGrid *self,
            guint          position)
{
  guint at = yj_gallery_layout_find_row_of (self->layout, position);
  int height = at < self->layout->rows->len ? g_array_index (self->layout->rows, YjGalleryRow, at).height + self->layout->gap : 1;

  return MAX (self->height / MAX (height, 1) - 1, 1);
}

static guint
find_target (YjGalleryGrid *self,
             guint          from,
             Move           move)
{
  guint last = yj_gallery_model_get_n_jobs (self->model) - 1;
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  switch (move)
    {
    case MOVE_LEFT:
    case MOVE_RIGHT:
      return (move == MOVE_RIGHT) != mirrored ? MIN (from + 1, last) : from - (from > 0);
    case MOVE_UP:
      return yj_gallery_layout_move (self->layout, from, -1);
    case MOVE_DOWN:
      return yj_gallery_layout_move (self->layout, from, 1);
    case MOVE_PAGE_UP:
      return yj_gallery_layout_move (self->layout, from, -count_page (self, from));
    case MOVE_PAGE_DOWN:
      return yj_gallery_layout_move (self->layout, from, count_page (self, from));
    case MOVE_FIRST:
      return 0;
    case MOVE_LAST:
      return last;
    }

  g_return_val_if_reached (from);
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  YjGalleryGrid *self = YJ_GALLERY_GRID (widget);
  gboolean extend;
  guint from, to;
  int move;

  g_variant_get (args, "(ib)", &move, &extend);
  from = find_cursor (self);
  if (self->model == NULL || yj_gallery_model_get_n_jobs (self->model) == 0)
    return GDK_EVENT_PROPAGATE;
  if (from == GTK_INVALID_LIST_POSITION)
    {
      yj_gallery_grid_focus (self);
      return GDK_EVENT_STOP;
    }

  if (extend && (self->range_start == NULL || g_hash_table_size (self->selected) == 0))
    g_set_object (&self->range_start, self->cursor);
  to = find_target (self, from, (Move) move);
  yj_gallery_grid_move_to (self, to);
  if (extend)
    yj_gallery_grid_select_range (self, to, FALSE);

  return GDK_EVENT_STOP;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  YjJob *job = yj_gallery_grid_get_cursor (YJ_GALLERY_GRID (widget));

  if (job == NULL)
    return GDK_EVENT_PROPAGATE;

  g_signal_emit (widget, yj_gallery_grid_signals[YJ_GALLERY_GRID_ACTIVATE], 0, job);
  return GDK_EVENT_STOP;
}

static gboolean
toggle_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   user_data)
{
  YjGalleryGrid *self = YJ_GALLERY_GRID (widget);
  YjJob *job = yj_gallery_grid_get_cursor (self);

  if (job == NULL)
    return GDK_EVENT_PROPAGATE;

  yj_gallery_grid_select (self, job, !yj_gallery_grid_is_selected (self, job));
  return GDK_EVENT_STOP;
}

static gboolean
select_all_cb (GtkWidget *widget,
               GVariant  *args,
               gpointer   user_data)
{
  yj_gallery_grid_select_all (YJ_GALLERY_GRID (widget));
  return GDK_EVENT_STOP;
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   user_data)
{
  if (yj_gallery_grid_count_selected (YJ_GALLERY_GRID (widget)) == 0)
    return GDK_EVENT_PROPAGATE;

  yj_gallery_grid_unselect_all (YJ_GALLERY_GRID (widget));
  return GDK_EVENT_STOP;
}

static void
add_move (GtkWidgetClass *widget_class,
          guint           key,
          guint           keypad_key,
          Move            move)
{
  const guint keys[] = { key, keypad_key };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_add_binding (widget_class, keys[i], 0, move_cb, "(ib)", (int) move, FALSE);
      gtk_widget_class_add_binding (widget_class, keys[i], GDK_CONTROL_MASK, move_cb, "(ib)", (int) move, FALSE);
      gtk_widget_class_add_binding (widget_class, keys[i], GDK_SHIFT_MASK, move_cb, "(ib)", (int) move, TRUE);
    }
}

void
yj_gallery_grid_install_keys (GtkWidgetClass *widget_class)
{
  add_move (widget_class, GDK_KEY_Left, GDK_KEY_KP_Left, MOVE_LEFT);
  add_move (widget_class, GDK_KEY_Right, GDK_KEY_KP_Right, MOVE_RIGHT);
  add_move (widget_class, GDK_KEY_Up, GDK_KEY_KP_Up, MOVE_UP);
  add_move (widget_class, GDK_KEY_Down, GDK_KEY_KP_Down, MOVE_DOWN);
  add_move (widget_class, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, MOVE_PAGE_UP);
  add_move (widget_class, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, MOVE_PAGE_DOWN);
  add_move (widget_class, GDK_KEY_Home, GDK_KEY_KP_Home, MOVE_FIRST);
  add_move (widget_class, GDK_KEY_End, GDK_KEY_KP_End, MOVE_LAST);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_ISO_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, toggle_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, GDK_CONTROL_MASK, toggle_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_a, GDK_CONTROL_MASK, select_all_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_a, GDK_CONTROL_MASK | GDK_SHIFT_MASK, escape_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_cb, NULL);
}

/* ---- the pointer */

/* Ctrl takes one more or one less, Shift all from the last one; while some are selected, a press alone does too: only then
   is it no way to open one by mistake. */
static void
released_cb (YjGalleryGrid   *self,
             int              n_press,
             double           x,
             double           y,
             GtkGestureClick *click)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click));
  YjJobCard *card = yj_gallery_grid_pick_card (self, x, y);
  g_autoptr(YjJob) job = card != NULL ? g_object_ref (yj_job_card_get_job (card)) : NULL;
  guint position;

  if (job == NULL || n_press > 1)
    return;

  position = yj_gallery_grid_find_position (self, job);
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_grab_focus (GTK_WIDGET (card));
  if (state & GDK_SHIFT_MASK)
    yj_gallery_grid_select_range (self, position, (state & GDK_CONTROL_MASK) != 0);
  else if ((state & GDK_CONTROL_MASK) != 0 || yj_gallery_grid_count_selected (self) > 0)
    yj_gallery_grid_select (self, job, !yj_gallery_grid_is_selected (self, job));
  else
    g_signal_emit (self, yj_gallery_grid_signals[YJ_GALLERY_GRID_ACTIVATE], 0, job);
}

void
yj_gallery_grid_add_pointer (YjGalleryGrid *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "released", G_CALLBACK (released_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}
