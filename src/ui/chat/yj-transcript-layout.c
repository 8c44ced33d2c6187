/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the rows of a transcript are put, and what of them is drawn. */
#define G_LOG_DOMAIN "yj-transcript"

#include "yj-transcript-private.h"

static gboolean
build_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       user_data)
{
  YjTranscript *self = YJ_TRANSCRIPT (widget);

  self->build_tick = 0;
  yj_transcript_build (self);
  return G_SOURCE_REMOVE;
}

static void
queue_build (YjTranscript *self)
{
  if (self->build_tick == 0)
    self->build_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), build_cb, NULL, NULL);
}

static gboolean
notify_at_end_cb (gpointer user_data)
{
  YjTranscript *self = user_data;

  self->at_end_source = 0;
  g_object_notify (G_OBJECT (self), "at-end");
  return G_SOURCE_REMOVE;
}

/* It is seen while places are given out, and nothing may ask for a place then. */
static void
update_at_end (YjTranscript *self,
               int           value,
               int           page)
{
  gboolean at_end = yj_transcript_get_content_height (self) - YJ_TRANSCRIPT_MARGIN <= value + page + YJ_TRANSCRIPT_SPACING;

  if (self->at_end == at_end)
    return;
  self->at_end = at_end;
  if (self->at_end_source == 0)
    self->at_end_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, notify_at_end_cb, self, NULL);
}

static void
configure (GtkAdjustment *adjustment,
           int            value,
           int            upper,
           int            page)
{
  gtk_adjustment_configure (adjustment, value, 0, upper, page * 0.1, page * 0.9, page);
}

static void
set_row_width (YjTranscript *self,
               int           width)
{
  int row_width = CLAMP (width - 2 * YJ_TRANSCRIPT_MARGIN, 1, YJ_TRANSCRIPT_MAX_WIDTH);

  if (row_width == self->row_width)
    return;
  self->row_width = row_width;
  yj_transcript_scale_heights (self);
}

/* Says how high everything is. Returns where the view stands. */
static int
settle (YjTranscript *self,
        int           width,
        int           height)
{
  int value;

  yj_transcript_measure_rows (self);
  value = yj_transcript_get_value (self, height);
  self->configuring = TRUE;
  configure (self->hadjustment, 0, width, width);
  configure (self->vadjustment, value, yj_transcript_get_upper (self, height), height);
  self->configuring = FALSE;
  if (self->kept != YJ_KEPT_BY_PLACE)
    yj_transcript_keep_by (self, value);
  return value;
}

/* After the styles of what is new are known and before anything is laid out: a scroll bar that hears of growth while it is
 * laid out needs another layout, and so do rows that are made then. */
static void
updated_cb (YjTranscript *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int height = gtk_widget_get_height (widget);

  if (!self->unsettled)
    return;
  self->unsettled = FALSE;
  if (height > 0 && self->row_width > 0 && gtk_widget_get_mapped (widget) &&
      yj_transcript_has_moved (self, settle (self, gtk_widget_get_width (widget), height), height))
    yj_transcript_build (self);
}

/* What is done with each frame of @clock. */
void
yj_transcript_watch (YjTranscript  *self,
                     GdkFrameClock *clock)
{
  g_signal_connect_object (clock, "update", G_CALLBACK (updated_cb), self, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
}

void
yj_transcript_unwatch (YjTranscript  *self,
                       GdkFrameClock *clock)
{
  g_signal_handlers_disconnect_by_func (clock, updated_cb, self);
}

void
yj_transcript_card_updated (YjTranscript *self)
{
  self->unsettled = TRUE;
}

static void
allocate_rows (YjTranscript *self,
               int           x,
               int           value)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      GtkWidget *row = yj_transcript_get_item (self, i)->row;
      GtkAllocation place = { x, 0, self->row_width, 0 };

      if (row == NULL)
        continue;
      place.y = YJ_TRANSCRIPT_MARGIN + yj_heights_get_y (self->heights, i) - value;
      place.height = yj_heights_get (self->heights, i) - (i + 1 < self->items->len ? YJ_TRANSCRIPT_SPACING : 0);
      gtk_widget_size_allocate (row, &place, -1);
    }
}

void
yj_transcript_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  YjTranscript *self = YJ_TRANSCRIPT (widget);
  int value;

  set_row_width (self, width);
  value = settle (self, width, height);
  update_at_end (self, value, height);

  allocate_rows (self, (width - self->row_width) / 2, value);
  yj_transcript_show_rows (self, height);
  if (yj_transcript_has_moved (self, value, height))
    queue_build (self);
}

/* What is out of sight is not given to the renderer, which would look at all of it. */
void
yj_transcript_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  int height = gtk_widget_get_height (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      graphene_rect_t box;

      if (!gtk_widget_compute_bounds (child, widget, &box) ||
          (box.origin.y < height + YJ_TRANSCRIPT_SPACING && box.origin.y + box.size.height > -YJ_TRANSCRIPT_SPACING))
        gtk_widget_snapshot_child (widget, child, snapshot);
    }
}
