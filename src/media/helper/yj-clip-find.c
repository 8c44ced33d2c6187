/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where in a clip one frame is. */

#include "yj-clip-private.h"

#include "yj-answer.h"
#include "yj-probe.h"

static GstSample *
get_last_frame (YjClip *self)
{
  gint64 duration = 0;
  GstSample *last = NULL;

  gst_element_query_duration (self->pipeline, GST_FORMAT_TIME, &duration);
  for (int attempt = 0; attempt < 2 && last == NULL; attempt++)
    {
      gint64 from = attempt == 0 ? MAX (duration - 1, 0) : 0;
      g_autoptr(GError) error = NULL;

      gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
      if (!gst_element_seek_simple (GST_ELEMENT (self->video), GST_FORMAT_TIME,
                                    GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_KEY_UNIT | GST_SEEK_FLAG_SNAP_BEFORE, from)
          || !yj_clip_wait_for (self, FALSE, &error))
        continue;
      gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
      /* A file that breaks off here still has a last frame; one whose end is not reached in time has none yet */
      if (!yj_clip_wait_for (self, TRUE, &error) && g_error_matches (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_LIMIT))
        yj_clip_answer_broken (error);
      g_object_get (self->video, "last-sample", &last, NULL);
    }
  return last;
}

/* Ogg's demultiplexer says yes to a seek at once and goes there some time later, in a thread of its own, while what lies
   before is played on (seen with 1.26): nobody has it seek. */
gboolean
yj_clip_seeks_late (YjClip *self)
{
  return self->sniff->format == YJ_FORMAT_OGG;
}

/* Goes exactly there, and waits until it is; FALSE when one cannot seek. */
gboolean
yj_clip_seek (YjClip *self,
              gint64  position)
{
  GstAppSink *sink = self->video != NULL ? self->video : self->audio;
  g_autoptr(GError) error = NULL;

  if (yj_clip_seeks_late (self))
    return FALSE;
  if (!gst_element_seek_simple (GST_ELEMENT (sink), GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, position))
    return FALSE;
  if (!yj_clip_wait_for (self, FALSE, &error))
    yj_clip_answer_broken (error);
  return TRUE;
}

/* Whether there is more to come: not after the end, nor after what broke off. */
static gboolean
goes_on (YjClip *self,
         GstBus *bus)
{
  g_autoptr(GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);

  if (message != NULL || gst_app_sink_is_eos (self->video))
    return FALSE;
  if (g_get_monotonic_time () > self->deadline)
    yj_answer_error (YJ_MEDIA_ERROR_LIMIT, "Looking into the file took too long");
  return TRUE;
}

/* The frame at @position, -1 or none so late: the last one, by decoding all that come before; NULL when there is none. */
static GstSample *
pass_over (YjClip *self,
           gint64  position)
{
  g_autoptr(GstBus) bus = gst_element_get_bus (self->pipeline);
  GstSample *last = NULL;

  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  do
    {
      GstSample *frame = gst_app_sink_try_pull_sample (self->video, 50 * GST_MSECOND);
      GstBuffer *buffer = frame != NULL ? gst_sample_get_buffer (frame) : NULL;
      guint64 time;

      if (frame == NULL)
        continue;
      g_clear_pointer (&last, gst_sample_unref);
      last = frame;
      time = gst_segment_to_stream_time (gst_sample_get_segment (frame), GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
      if (position >= 0 && GST_CLOCK_TIME_IS_VALID (time) && (gint64) (time + GST_BUFFER_DURATION (buffer)) > position)
        return last;
    }
  while (goes_on (self, bus));
  return last;
}

/**
 * yj_clip_get_frame:
 * @self: a clip with pictures
 * @position: ns, or -1 for the last frame that can be decoded
 *
 * Returns: (transfer full): the frame shown at @position; the last one when there is none so late
 */
GstSample *
yj_clip_get_frame (YjClip *self,
                   gint64  position)
{
  GstSample *frame = NULL;

  if (self->video == NULL)
    yj_answer_error (YJ_MEDIA_ERROR_UNSUPPORTED, "There are no pictures in it");
  if (position != 0 && yj_clip_seeks_late (self))
    {
      g_object_set (self->video, "drop", FALSE, NULL);
      frame = pass_over (self, position);
    }
  else if (position > 0 && !yj_clip_seek (self, position))
    yj_answer_error (YJ_MEDIA_ERROR_DAMAGED, "One cannot seek in it");
  if (position >= 0 && frame == NULL)
    frame = gst_app_sink_try_pull_preroll (self->video, 0);
  if (frame == NULL && !yj_clip_seeks_late (self))
    frame = get_last_frame (self);
  if (frame == NULL)
    yj_answer_error (YJ_MEDIA_ERROR_DAMAGED, "No frame of it can be decoded");
  return frame;
}
