/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a YjCompare stands and goes: seeks to all clips at once, and steps. */

#define G_LOG_DOMAIN "yj-compare"

#include "yj-compare-private.h"

#include "yj-transport.h"

#define MAX_MISSED 48           /* frames to go back for a picture */

void
yj_compare_update_position (YjCompare *self)
{
  YjCompareClip *leader = yj_compare_get_leader (self);
  gint64 position;

  if (self->moving && leader != NULL && gst_element_query_position (leader->sink, GST_FORMAT_TIME, &position) && position >= 0)
    yj_compare_set_time (self, &self->position, CLAMP (position, self->segmented ? yj_compare_get_loop_begin (self) : 0, self->duration),
                         PROP_POSITION);
}

void
yj_compare_stand_still (YjCompare *self)
{
  if (self->moving)
    gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  self->moving = FALSE;
}

/* ---- seeking */

typedef struct
{
  GstElement *sink;
  GstEvent   *event;
} Send;

static void
send_free (gpointer data)
{
  Send *send = data;

  gst_object_unref (send->sink);
  gst_event_unref (send->event);
  g_free (send);
}

/* In a thread of GStreamer's. */
static void
send_thread (GstElement *pipeline,
             gpointer    user_data)
{
  GPtrArray *sends = user_data;

  for (guint i = 0; i < sends->len; i++)
    {
      Send *send = sends->pdata[i];

      gst_element_send_event (send->sink, gst_event_ref (send->event));
    }
  gst_element_post_message (pipeline, gst_message_new_application (GST_OBJECT (pipeline), gst_structure_new_empty ("yj-sent")));
}

GPtrArray *
yj_compare_new_sends (void)
{
  return g_ptr_array_new_with_free_func (send_free);
}

void
yj_compare_add_send (YjCompare     *self,
                     GPtrArray     *sends,
                     YjCompareClip *clip,
                     GstSeekFlags   flags)
{
  Send *send = g_new (Send, 1);

  if (self->segmented)
    flags |= GST_SEEK_FLAG_SEGMENT;
  send->sink = gst_object_ref (clip->sink);
  send->event = gst_event_new_seek (self->rate, GST_FORMAT_TIME, flags | GST_SEEK_FLAG_ACCURATE, GST_SEEK_TYPE_SET, clip->sought,
                                    GST_SEEK_TYPE_SET, self->segmented ? yj_compare_get_loop_end (self) : -1);
  gst_event_set_seqnum (send->event, self->seek_number);
  g_ptr_array_add (sends, send);
}

void
yj_compare_send (YjCompare *self,
                 GPtrArray *sends)      /* taken over */
{
  self->sending++;
  gst_element_call_async (self->pipeline, send_thread, sends, (GDestroyNotify) g_ptr_array_unref);
}

void
yj_compare_start_seek (YjCompare *self,
                       gint64     position)
{
  GPtrArray *sends;

  yj_compare_stand_still (self);
  self->segmented = yj_compare_wants_rounds (self, position);
  if (self->segmented && (position < yj_compare_get_loop_begin (self) || position >= yj_compare_get_loop_end (self)))
    position = yj_compare_get_loop_begin (self);
  self->at_end = FALSE;
  yj_compare_set_time (self, &self->position, position, PROP_POSITION);
  if (self->sending > 0)        /* a new round is on its way, and must not come after this */
    {
      self->wanted = position;
      return;
    }
  self->wanted = -1;
  self->seeking = TRUE;
  self->askew = FALSE;
  self->round_begin = position;
  self->base = 0;
  self->seek_number = gst_util_seqnum_next ();
  sends = yj_compare_new_sends ();
  for (guint i = 0; i < self->clips->len; i++)
    {
      YjCompareClip *clip = yj_compare_get_clip (self, i);

      if (clip->bin == NULL)
        continue;
      clip->missed = 0;
      clip->sought = yj_compare_clip_clamp (clip, position);
      yj_compare_add_send (self, sends, clip, GST_SEEK_FLAG_FLUSH);
    }
  yj_compare_send (self, sends);
}

/* Where a file does not tell when its pictures end: those that were sent beyond go back to the last of theirs. */
gboolean
yj_compare_look_back (YjCompare *self)
{
  GPtrArray *sends = yj_compare_new_sends ();

  for (guint i = 0; i < self->clips->len && self->wanted < 0; i++)
    {
      YjCompareClip *clip = yj_compare_get_clip (self, i);

      if (clip->bin == NULL || clip->sought == 0 || clip->missed >= MAX_MISSED || !yj_compare_clip_is_empty (clip))
        continue;
      clip->missed++;
      clip->sought = MAX (clip->sought - clip->frame, 0);
      yj_compare_add_send (self, sends, clip, GST_SEEK_FLAG_FLUSH);
    }
  if (sends->len == 0)
    {
      g_ptr_array_unref (sends);
      return FALSE;
    }
  yj_compare_send (self, sends);
  return TRUE;
}

void
yj_compare_seek_to (YjCompare *self,
                    gint64     position)
{
  self->at_end = FALSE;
  yj_compare_set_time (self, &self->position, CLAMP (position, 0, self->opened ? self->duration : G_MAXINT64), PROP_POSITION);
  if (!self->opened || self->seeking || self->sending > 0)
    self->wanted = self->position;
  else
    yj_compare_start_seek (self, self->position);
}

/* Rate, loop and range belong to a seek, so they take effect by one. */
void
yj_compare_seek_in_place (YjCompare *self)
{
  self->askew = TRUE;
  if (!self->opened || !self->playing)
    return;
  yj_compare_update_position (self);
  yj_compare_seek_to (self, self->wanted >= 0 ? self->wanted : self->position);
}

/* To a frame: a little behind its beginning, as times in files are rounded. */
static void
step (YjCompare *self,
      int        frames)
{
  gint64 last = yj_transport_get_last_frame (YJ_TRANSPORT (self));
  gint64 number = CLAMP (MIN (self->position / self->frame, last) + frames, 0, last);

  yj_compare_start_seek (self, number * self->frame + (number > 0 ? self->frame / 8 : 0));
}

/* Does what has been asked for in the meantime. */
void
yj_compare_go_on (YjCompare *self)
{
  int steps = self->steps;

  if (!self->opened || self->seeking || self->sending > 0 || yj_compare_get_leader (self) == NULL)
    return;
  if (self->wanted >= 0)
    yj_compare_start_seek (self, CLAMP (self->wanted, 0, self->duration));
  else if (steps != 0)
    {
      self->steps = 0;
      step (self, steps);
    }
  else if (self->playing && !self->moving && (self->askew || self->segmented != yj_compare_wants_rounds (self, self->position)))
    yj_compare_start_seek (self, self->position);
  else if (self->playing && !self->moving)
    {
      self->moving = TRUE;
      gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
    }
}

