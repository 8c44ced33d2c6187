/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-selection"

#include "yj-selection-private.h"

#include "yj-rich-label.h"
#include "yj-selection-menu.h"
#include "yj-text-piece.h"

/* The pointer's part of the selection: from where it is to a place in a message, and what pressing and dragging do. */

#define SCROLL_SPEED 10         /* px a second for each px that the pointer is outside */
#define MAX_SCROLL_SPEED 4000

/* ---- what is under the pointer */

/* How far a point is from a piece: up or down first, then to the side. */
static gboolean
is_nearer (const graphene_rect_t *box,
           double                 x,
           double                 y,
           double                *best_y,
           double                *best_x)
{
  double dy = MAX (0, MAX (box->origin.y - y, y - box->origin.y - box->size.height));
  double dx = MAX (0, MAX (box->origin.x - x, x - box->origin.x - box->size.width));

  if (dy > *best_y || (dy == *best_y && dx >= *best_x))
    return FALSE;
  *best_y = dy;
  *best_x = dx;
  return TRUE;
}

static GtkWidget *
find_row (YjSelection *self,
          double       y)
{
  GListModel *model = yj_transcript_get_model (self->transcript);
  guint n = model != NULL ? g_list_model_get_n_items (model) : 0;
  GtkWidget *best = NULL;
  double best_y = G_MAXDOUBLE, best_x = G_MAXDOUBLE;

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = yj_transcript_get_row (self->transcript, i);
      graphene_rect_t box;

      if (row != NULL && gtk_widget_compute_bounds (row, GTK_WIDGET (self->transcript), &box) &&
          is_nearer (&box, 0, y, &best_y, &best_x))
        best = row;
    }
  return best;
}

/* The place between letters that is nearest to a point of the transcript. */
gboolean
yj_selection_find_place (YjSelection *self,
                         double       x,
                         double       y,
                         YjMark      *mark)
{
  GtkWidget *row = find_row (self, y);
  double best_y = G_MAXDOUBLE, best_x = G_MAXDOUBLE;
  gboolean found = FALSE;

  if (row == NULL)
    return FALSE;
  for (YjMessagePart part = YJ_MESSAGE_THOUGHTS; part <= YJ_MESSAGE_ANSWER; part++)
    {
      g_autoptr(GArray) pieces = yj_pieces_new ();

      yj_message_card_collect (YJ_MESSAGE_CARD (row), part, pieces);
      for (guint i = 0; i < pieces->len; i++)
        {
          const YjPiece *piece = &g_array_index (pieces, YjPiece, i);
          graphene_point_t point = GRAPHENE_POINT_INIT (x, y);
          graphene_rect_t box;

          if (piece->widget == NULL || !gtk_widget_get_mapped (piece->widget) ||
              !gtk_widget_compute_bounds (piece->widget, GTK_WIDGET (self->transcript), &box) ||
              !is_nearer (&box, x, y, &best_y, &best_x) ||
              !gtk_widget_compute_point (GTK_WIDGET (self->transcript), piece->widget, &point, &point))
            continue;
          mark->part = part;
          mark->place.leaf = i;
          mark->place.offset = y < box.origin.y ? 0 :
                               y > box.origin.y + box.size.height ? yj_block_get_length (piece->block) :
                               MIN (yj_text_piece_get_offset (YJ_TEXT_PIECE (piece->widget), point.x, point.y), yj_block_get_length (piece->block));
          found = TRUE;
        }
    }
  if (found)
    g_set_object (&mark->message, yj_message_card_get_message (YJ_MESSAGE_CARD (row)));
  return found;
}

/* Whether what is at a point has uses of its own for the pointer. */
static gboolean
is_taken (YjSelection *self,
          double       x,
          double       y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->transcript), x, y, GTK_PICK_DEFAULT);

  for (; widget != NULL && widget != GTK_WIDGET (self->transcript); widget = gtk_widget_get_parent (widget))
    if (GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_TEXT_VIEW (widget) || GTK_IS_EDITABLE (widget) ||
        GTK_IS_SCROLLBAR (widget) || GTK_IS_POPOVER (widget) || (GTK_IS_LABEL (widget) && gtk_label_get_selectable (GTK_LABEL (widget))))
      return TRUE;
  return FALSE;
}

/* ---- dragging */

/* With words and blocks, all of the first one stays selected whichever way the pointer goes. */
static void
go_to (YjSelection *self,
       double       x,
       double       y)
{
  YjMark at = { NULL, };
  YjMark start = { NULL, };
  YjMark end = { NULL, };

  if (self->anchor.message == NULL || !yj_selection_find_place (self, x, y, &at))
    return;
  if (self->unit == YJ_UNIT_LETTER || self->first_start.message == NULL)
    yj_selection_set (self, &self->anchor, &at);
  else
    {
      yj_selection_expand (self, &at, self->unit, &start, &end);
      if (yj_selection_compare (self, &at, &self->first_start) < 0)
        yj_selection_set (self, &self->first_end, &start);
      else
        yj_selection_set (self, &self->first_start, yj_selection_compare (self, &end, &self->first_end) < 0 ? &self->first_end : &end);
    }
  yj_mark_set (&at, NULL);
  yj_mark_set (&start, NULL);
  yj_mark_set (&end, NULL);
}

static double
get_distance_outside (YjSelection *self)
{
  int height = gtk_widget_get_height (GTK_WIDGET (self->transcript));

  if (self->pointer_y < 0)
    return self->pointer_y;
  return MAX (0, self->pointer_y - height);
}

static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  YjSelection *self = user_data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double speed = CLAMP (get_distance_outside (self) * SCROLL_SPEED, -MAX_SCROLL_SPEED, MAX_SCROLL_SPEED);

  if (self->scroll_time != 0)
    yj_transcript_scroll_by (self->transcript, speed * MIN (now - self->scroll_time, 100000) / G_USEC_PER_SEC);
  self->scroll_time = now;
  go_to (self, self->pointer_x, CLAMP (self->pointer_y, 0, gtk_widget_get_height (widget)));
  return G_SOURCE_CONTINUE;
}

void
yj_selection_stop_scrolling (YjSelection *self)
{
  if (self->scroll_tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->transcript), self->scroll_tick);
  self->scroll_tick = 0;
}

static void
update_scrolling (YjSelection *self)
{
  if (get_distance_outside (self) == 0)
    yj_selection_stop_scrolling (self);
  else if (self->scroll_tick == 0)
    {
      self->scroll_time = 0;
      self->scroll_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self->transcript), scroll_cb, self, NULL);
    }
}

static void
drag_update_cb (GtkGestureDrag *drag,
                double          dx,
                double          dy,
                YjSelection    *self)
{
  double x, y;

  if (self->anchor.message == NULL || !gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;
  if (gtk_gesture_get_sequence_state (self->click, gtk_gesture_get_last_updated_sequence (GTK_GESTURE (drag))) != GTK_EVENT_SEQUENCE_CLAIMED &&
      !gtk_drag_check_threshold (GTK_WIDGET (self->transcript), x, y, x + dx, y + dy))
    return;
  /* From here on it is no click: not on a link either. */
  gtk_gesture_set_state (self->click, GTK_EVENT_SEQUENCE_CLAIMED);
  self->pointer_x = x + dx;
  self->pointer_y = y + dy;
  go_to (self, self->pointer_x, CLAMP (self->pointer_y, 0, gtk_widget_get_height (GTK_WIDGET (self->transcript))));
  update_scrolling (self);
}

static void
drag_end_cb (GtkGestureDrag *drag,
             double          dx,
             double          dy,
             YjSelection    *self)
{
  yj_selection_stop_scrolling (self);
  yj_selection_offer_primary (self);
}

/* ---- pressing */

static void
pressed_cb (GtkGestureClick *click,
            int              n_press,
            double           x,
            double           y,
            YjSelection     *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (click));
  GdkDevice *device = event != NULL ? gdk_event_get_device (event) : NULL;
  gboolean extend = (gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click)) & GDK_SHIFT_MASK) != 0;
  YjMark at = { NULL, };

  /* A finger scrolls. */
  if (is_taken (self, x, y) || (device != NULL && gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN) ||
      !yj_selection_find_place (self, x, y, &at))
    {
      gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->goal_x = -1;
  self->unit = n_press % 3 == 1 ? YJ_UNIT_LETTER : n_press % 3 == 2 ? YJ_UNIT_WORD : YJ_UNIT_BLOCK;
  yj_transcript_focus_message (self->transcript, at.message);
  if (extend && self->anchor.message != NULL)
    {
      self->unit = YJ_UNIT_LETTER;
      gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
      yj_selection_set (self, &self->anchor, &at);
    }
  else if (self->unit == YJ_UNIT_LETTER)
    {
      yj_mark_set (&self->first_start, NULL);
      yj_mark_set (&self->first_end, NULL);
      yj_selection_set (self, &at, &at);
    }
  else
    {
      gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
      yj_selection_expand (self, &at, self->unit, &self->first_start, &self->first_end);
      yj_selection_set (self, &self->first_start, &self->first_end);
    }
  yj_mark_set (&at, NULL);
}

/* ---- the menu */

static const char *
find_link (YjSelection *self,
           double       x,
           double       y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->transcript), x, y, GTK_PICK_DEFAULT);
  graphene_point_t point = GRAPHENE_POINT_INIT (x, y);

  while (widget != NULL && !YJ_IS_RICH_LABEL (widget))
    widget = gtk_widget_get_parent (widget);
  if (widget == NULL || !gtk_widget_compute_point (GTK_WIDGET (self->transcript), widget, &point, &point))
    return NULL;
  return yj_rich_label_get_link (YJ_RICH_LABEL (widget), point.x, point.y);
}

static void
menu_cb (GtkGestureClick *click,
         int              n_press,
         double           x,
         double           y,
         YjSelection     *self)
{
  GtkWidget *row = find_row (self, y);
  graphene_point_t point = GRAPHENE_POINT_INIT (x, y);

  if (row == NULL || is_taken (self, x, y) || !gtk_widget_compute_point (GTK_WIDGET (self->transcript), row, &point, &point))
    return;
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  yj_transcript_focus_message (self->transcript, yj_message_card_get_message (YJ_MESSAGE_CARD (row)));
  yj_selection_menu_show (self->transcript, row, find_link (self, x, y), MAX (point.x, 0), point.y);
}

/* A finger that rests selects the word below it, and opens the menu. */
static void
long_press_cb (GtkGestureLongPress *gesture,
               double               x,
               double               y,
               YjSelection         *self)
{
  GtkWidget *row = find_row (self, y);
  graphene_point_t point = GRAPHENE_POINT_INIT (x, y);
  YjMark at = { NULL, };

  if (row == NULL || is_taken (self, x, y) || !gtk_widget_compute_point (GTK_WIDGET (self->transcript), row, &point, &point) ||
      !yj_selection_find_place (self, x, y, &at))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  yj_selection_expand (self, &at, YJ_UNIT_WORD, &self->first_start, &self->first_end);
  yj_selection_set (self, &self->first_start, &self->first_end);
  yj_mark_set (&at, NULL);
  yj_selection_menu_show (self->transcript, row, find_link (self, x, y), MAX (point.x, 0), point.y);
}

void
yj_selection_add_pointer (YjSelection *self)
{
  GtkGesture *menu = gtk_gesture_click_new ();
  GtkGesture *touch = gtk_gesture_long_press_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (menu), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (menu, "pressed", G_CALLBACK (menu_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->transcript), GTK_EVENT_CONTROLLER (menu));

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (touch), TRUE);
  g_signal_connect_object (touch, "pressed", G_CALLBACK (long_press_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->transcript), GTK_EVENT_CONTROLLER (touch));

  self->click = gtk_gesture_click_new ();
  g_signal_connect_object (self->click, "pressed", G_CALLBACK (pressed_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->transcript), GTK_EVENT_CONTROLLER (self->click));

  self->drag = gtk_gesture_drag_new ();
  g_signal_connect_object (self->drag, "drag-update", G_CALLBACK (drag_update_cb), self, 0);
  g_signal_connect_object (self->drag, "drag-end", G_CALLBACK (drag_end_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->transcript), GTK_EVENT_CONTROLLER (self->drag));
  gtk_gesture_group (self->drag, self->click);
}
