/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a YjPlayer stands and goes: seeks, steps, and what is played over and over. */

#define G_LOG_DOMAIN "yj-player"

#include "yj-player-private.h"

#include "yj-video-sink.h"

#define TICK 33                 /* ms between notifications of the position while it plays */
#define OVERHANG (250 * GST_MSECOND)    /* sound beyond the last picture that is no content */

static gboolean
has_range (YjPlayer *self)
{
  return self->range_from >= 0 && self->range_to >= 0;
}

static gint64
get_loop_begin (YjPlayer *self)
{
  return has_range (self) ? self->range_from : 0;
}

/* A new round is there a little before its time, and by more where the last pictures of the old one were left out for being
   late: what the sink says lies before its beginning then. */
void
yj_player_update_position (YjPlayer *self)
{
  GstElement *clock = self->has_video ? self->sink : self->playbin;
  gint64 position;

  if (self->phase != PHASE_OPEN || self->seeking || self->at_end)
    return;
  if (!gst_element_query_position (clock, GST_FORMAT_TIME, &position) || position < 0)
    return;
  if (self->segmented)
    position = MAX (position, get_loop_begin (self));
  yj_player_set_time (self, &self->position, self->duration > 0 ? MIN (position, self->duration) : position, PROP_POSITION);
}

/* A frame came, or none could come. */
void
yj_player_saw_frame (YjPlayer *self)
{
  self->still_for = 0;
  yj_player_set_boolean (self, &self->frozen, FALSE, PROP_FROZEN);
}

/* It plays, and there are pictures where it stands, but none is shown. */
static void
look_for_standstill (YjPlayer *self)
{
  gint64 end = self->picture_end > 0 ? self->picture_end : self->duration;

  if (self->phase != PHASE_OPEN || !self->has_video || self->seeking || self->position >= end)
    yj_player_saw_frame (self);
  else if (++self->still_for > yj_video_sink_get_patience (self->frame, self->rate))
    yj_player_set_boolean (self, &self->frozen, TRUE, PROP_FROZEN);
}

static gboolean
tick_cb (gpointer user_data)
{
  yj_player_update_position (user_data);
  look_for_standstill (user_data);
  return G_SOURCE_CONTINUE;
}

/* Ticks only while it plays: a still picture wakes nobody. */
void
yj_player_set_playing (YjPlayer *self,
                       gboolean  playing)
{
  if (playing && self->tick == 0)
    yj_player_saw_frame (self);
  if (playing && self->tick == 0)
    self->tick = g_timeout_add (TICK, tick_cb, self);
  else if (!playing)
    g_clear_handle_id (&self->tick, g_source_remove);
  yj_player_set_boolean (self, &self->playing, playing, PROP_PLAYING);
}

/* ---- what is played over and over */

/* With the pictures: encoders fill up the last packet of sound, and the last picture would stand for as long. */
static gint64
get_loop_end (YjPlayer *self)
{
  if (has_range (self))
    return self->range_to;
  if (self->picture_end > 0 && self->duration - self->picture_end < OVERHANG)
    return self->picture_end;
  return -1;
}

gboolean
yj_player_wants_segment (YjPlayer *self)
{
  return self->playing && (self->loop || has_range (self));
}

/* Where it goes on when it is to be played over and over from @position. */
static gint64
into_loop (YjPlayer *self,
           gint64    position)
{
  gint64 end = get_loop_end (self);

  return position < get_loop_begin (self) || (end >= 0 && position >= end) ? get_loop_begin (self) : position;
}

/* ---- seeking */

/* In a thread of GStreamer's. */
static void
seek_thread (GstElement *playbin,
             gpointer    user_data)
{
  GstStructure *refused;

  if (gst_element_send_event (playbin, gst_event_ref (user_data)))
    return;
  refused = gst_structure_new_empty ("yj-seek-refused");
  gst_element_post_message (playbin, gst_message_new_application (GST_OBJECT (playbin), refused));
}

static void
send_seek (YjPlayer     *self,
           gint64        position,
           GstSeekFlags  flags)
{
  gint64 stop = -1;
  GstEvent *seek;

  self->segmented = yj_player_wants_segment (self);
  if (self->segmented)
    {
      flags |= GST_SEEK_FLAG_SEGMENT;
      stop = get_loop_end (self);
    }
  seek = gst_event_new_seek (self->rate, GST_FORMAT_TIME, flags | GST_SEEK_FLAG_ACCURATE,
                             GST_SEEK_TYPE_SET, position, GST_SEEK_TYPE_SET, stop);
  self->seek_number = gst_event_get_seqnum (seek);
  gst_element_call_async (self->playbin, seek_thread, seek, (GDestroyNotify) gst_event_unref);
}

/* Where nothing follows but the rest of a packet of sound, the last picture is shown. */
static gint64
before_end (YjPlayer *self,
            gint64    position)
{
  gboolean bare = self->has_video && self->picture_end > 0 && self->duration - self->picture_end < OVERHANG;

  return bare && position >= self->picture_end ? MAX (self->picture_end - self->frame / 2, 0) : position;
}

static void
start_seek (YjPlayer *self,
            gint64    position)
{
  position = before_end (self, position);
  if (yj_player_wants_segment (self))
    position = into_loop (self, position);
  self->wanted = -1;
  self->left = -1;
  self->seeking = TRUE;
  self->askew = FALSE;
  self->at_end = FALSE;
  self->sought = position;
  send_seek (self, position, GST_SEEK_FLAG_FLUSH);
}

/* The last of it has been read, not shown: time enough to begin anew without a gap. */
void
yj_player_segment_done (YjPlayer *self)
{
  if (self->segmented)
    send_seek (self, get_loop_begin (self), GST_SEEK_FLAG_NONE);
}

/* The end was reached although it is to be played over and over. */
void
yj_player_begin_anew (YjPlayer *self)
{
  start_seek (self, get_loop_begin (self));
}

/* Sound often lasts longer than the pictures: who goes there is shown the last of these. */
gboolean
yj_player_look_back (YjPlayer *self)
{
  g_autoptr(GstSample) sample = NULL;

  if (!self->seeking || !self->has_video || self->wanted >= 0 || self->sought == 0)
    return FALSE;
  g_object_get (self->sink, "last-sample", &sample, NULL);
  if (sample != NULL)
    return FALSE;
  self->missed++;
  start_seek (self, MAX (self->sought - self->missed * self->frame, 0));
  return TRUE;
}

void
yj_player_seek_to (YjPlayer *self,
                   gint64    position)
{
  position = CLAMP (position, 0, self->duration > 0 ? self->duration : G_MAXINT64);
  self->at_end = FALSE;
  yj_player_set_time (self, &self->position, position, PROP_POSITION);
  if (self->phase != PHASE_OPEN || self->seeking || self->stepping)
    self->wanted = position;
  else
    {
      self->missed = 0;
      start_seek (self, position);
    }
}

/* The number of the frame on the paintable. Times of files are rounded, so where it begins is not quite a multiple of its
   duration; but one that a seek came upon in its midst begins there for GStreamer, and may be nearly over. */
gint64
yj_player_get_shown_number (YjPlayer *self)
{
  g_autoptr(GstSample) sample = NULL;
  gint64 time = -1, margin = self->frame / 8;

  g_object_get (self->sink, "last-sample", &sample, NULL);
  if (sample != NULL)
    {
      const GstSegment *segment = gst_sample_get_segment (sample);
      GstClockTime begin = GST_BUFFER_PTS (gst_sample_get_buffer (sample));

      time = gst_segment_to_stream_time (segment, GST_FORMAT_TIME, begin);
      if (begin == segment->start && time == self->sought)
        margin = GST_USECOND;
    }
  else if (self->left >= 0)
    return self->left;          /* a step beyond the last one leaves none behind */
  /* What lies in the very end of the last one counts as it */
  return MIN (((time >= 0 ? time : self->position) + margin) / self->frame, yj_player_get_last_frame (self));
}

/* Back is a seek, to the beginning of a frame and a margin for rounded times. */
static void
step_back (YjPlayer *self,
           int       frames)
{
  gint64 number = yj_player_get_shown_number (self);

  start_seek (self, MAX (number - frames, 0) * self->frame + (number > frames ? self->frame / 8 : 0));
}

static void
step_forward (YjPlayer *self,
              int       frames)
{
  self->left = yj_player_get_shown_number (self);
  if (self->picture_end > 0 && (self->left + 1) * self->frame + self->frame / 2 > self->picture_end)
    return;     /* there is no next one to wait for */
  self->stepping = gst_element_send_event (self->sink, gst_event_new_step (GST_FORMAT_BUFFERS, frames, 1, TRUE, FALSE));
  self->askew = TRUE;
}

/* Does what has been asked for in the meantime. */
void
yj_player_go_on (YjPlayer *self)
{
  int steps = self->steps;

  if (self->phase != PHASE_OPEN || self->seeking || self->stepping)
    return;
  if (self->wanted >= 0)
    {
      self->missed = 0;
      start_seek (self, self->duration > 0 ? MIN (self->wanted, self->duration) : self->wanted);
      return;
    }
  yj_player_update_position (self);
  self->steps = 0;
  if (steps > 0)
    step_forward (self, steps);
  else if (steps < 0)
    step_back (self, -steps);
}

/* Rate and loop belong to a seek, so they take effect by one. */
void
yj_player_seek_in_place (YjPlayer *self)
{
  self->askew = TRUE;
  if (self->phase != PHASE_OPEN || !self->playing)
    return;
  yj_player_update_position (self);
  yj_player_seek_to (self, self->wanted >= 0 ? self->wanted : self->position);
}
