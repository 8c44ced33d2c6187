/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pipeline of a YjPlayer: what it is made of, and what its messages mean. */

#define G_LOG_DOMAIN "yj-player"

#include "yj-player-private.h"

#include <gst/pbutils/pbutils.h>
#include <gst/video/video.h>

#include "yj-media-init.h"
#include "yj-probe.h"
#include "yj-video-sink.h"

#define DEFAULT_FRAME (GST_SECOND / 24)

void
yj_player_set_boolean (YjPlayer      *self,
                       gboolean      *place,
                       gboolean       value,
                       YjPlayerProps  prop)
{
  if (*place == value)
    return;
  *place = value;
  g_object_notify_by_pspec (G_OBJECT (self), yj_player_props[prop]);
}

void
yj_player_set_time (YjPlayer      *self,
                    gint64        *place,
                    gint64         value,
                    YjPlayerProps  prop)
{
  if (*place == value)
    return;
  *place = value;
  g_object_notify_by_pspec (G_OBJECT (self), yj_player_props[prop]);
}

void
yj_player_update_ready (YjPlayer *self)
{
  yj_player_set_boolean (self, &self->ready, self->phase == PHASE_OPEN && (self->shown || !self->has_video), PROP_READY);
}

static void
update_size (YjPlayer *self)
{
  int width = self->has_video ? gdk_paintable_get_intrinsic_width (self->paintable) : 0;
  int height = self->has_video ? gdk_paintable_get_intrinsic_height (self->paintable) : 0;

  g_object_freeze_notify (G_OBJECT (self));
  if (self->width != width)
    g_object_notify_by_pspec (G_OBJECT (self), yj_player_props[PROP_WIDTH]);
  if (self->height != height)
    g_object_notify_by_pspec (G_OBJECT (self), yj_player_props[PROP_HEIGHT]);
  self->width = width;
  self->height = height;
  g_object_thaw_notify (G_OBJECT (self));
}

/* Messages */

static void
read_frame_duration (YjPlayer *self)
{
  g_autoptr(GstPad) pad = gst_element_get_static_pad (self->sink, "sink");
  g_autoptr(GstCaps) caps = gst_pad_get_current_caps (pad);
  GstVideoInfo info;

  self->has_video = caps != NULL;
  self->frame = DEFAULT_FRAME;
  if (caps != NULL && gst_video_info_from_caps (&info, caps) && GST_VIDEO_INFO_FPS_N (&info) > 0)
    self->frame = gst_util_uint64_scale_int (GST_SECOND, GST_VIDEO_INFO_FPS_D (&info), GST_VIDEO_INFO_FPS_N (&info));
}

static void
update_duration (YjPlayer *self)
{
  gint64 duration;

  if (gst_element_query_duration (self->playbin, GST_FORMAT_TIME, &duration) && duration > 0)
    yj_player_set_time (self, &self->duration, duration, PROP_DURATION);
}

static void
opened (YjPlayer *self)
{
  read_frame_duration (self);
  if (!self->has_video && self->missing != NULL)
    {
      yj_player_fail (self, YJ_MEDIA_ERROR_CODEC, self->missing);
      return;
    }
  self->phase = PHASE_OPEN;
  if (!self->has_video)
    self->steps = 0;
  g_clear_handle_id (&self->patience, g_source_remove);
  update_duration (self);
  update_size (self);
  yj_player_update_ready (self);
  if (self->playing)
    yj_player_play (self);
}

/* It is where it was sent. */
static void
arrived (YjPlayer *self)
{
  self->seeking = FALSE;
  yj_player_go_on (self);
  if (self->playing && !self->seeking)
    gst_element_set_state (self->playbin, GST_STATE_PLAYING);
}

static void
async_done (YjPlayer *self)
{
  if (self->phase == PHASE_OPENING)
    {
      opened (self);
      if (!self->seeking)       /* what plays begins with a seek, and two at once might change places */
        arrived (self);
    }
  else if (!yj_player_look_back (self))
    arrived (self);
}

static void
ended (YjPlayer *self)
{
  if (yj_player_wants_segment (self))
    {
      yj_player_begin_anew (self);
      return;
    }
  gst_element_set_state (self->playbin, GST_STATE_PAUSED);
  yj_player_update_position (self);
  self->at_end = TRUE;
  yj_player_set_playing (self, FALSE);
  if (self->duration > 0)
    yj_player_set_time (self, &self->position, self->duration, PROP_POSITION);
}

static void
take_error (YjPlayer   *self,
            GstMessage *message)
{
  g_autoptr(GError) error = yj_video_sink_new_error (message, self->missing);

  yj_player_fail (self, (YjMediaError) error->code, error->message);
}

static void
take_element_message (YjPlayer   *self,
                      GstMessage *message)
{
  if (!gst_is_missing_plugin_message (message) || self->missing != NULL)
    return;
  self->missing = gst_missing_plugin_message_get_description (message);
}

static gboolean
message_cb (GstBus     *bus,
            GstMessage *message,
            gpointer    user_data)
{
  YjPlayer *self = user_data;
  g_autoptr(YjPlayer) alive = g_object_ref (self);

  if (self->phase != PHASE_OPENING && self->phase != PHASE_OPEN)
    return G_SOURCE_CONTINUE;
  switch ((int) GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_ASYNC_DONE:
      async_done (self);
      break;
    case GST_MESSAGE_STEP_DONE:
      self->stepping = FALSE;
      yj_player_go_on (self);
      break;
    case GST_MESSAGE_APPLICATION:       /* a seek was refused */
      arrived (self);
      break;
    case GST_MESSAGE_SEGMENT_DONE:
      if (gst_message_get_seqnum (message) == self->seek_number)
        yj_player_segment_done (self);
      break;
    case GST_MESSAGE_EOS:
      if (!self->seeking)
        ended (self);
      break;
    case GST_MESSAGE_DURATION_CHANGED:
      update_duration (self);
      break;
    case GST_MESSAGE_ELEMENT:
      take_element_message (self, message);
      break;
    case GST_MESSAGE_ERROR:
      take_error (self, message);
      break;
    case GST_MESSAGE_LATENCY:
      gst_bin_recalculate_latency (GST_BIN (self->playbin));
      break;
    }
  return G_SOURCE_CONTINUE;
}

static void
invalidate_contents_cb (GdkPaintable *paintable,
                        YjPlayer     *self)
{
  if (self->phase != PHASE_OPENING && self->phase != PHASE_OPEN)
    return;
  self->shown = TRUE;
  yj_player_saw_frame (self);
  update_size (self);
  yj_player_update_ready (self);
}

/* The pipeline */

static void
make_video_sink (YjPlayer *self)
{
  self->video_sink = yj_video_sink_new (self->plainness, &self->sink, &self->paintable);
  if (self->paintable != NULL)
    g_signal_connect_object (self->paintable, "invalidate-contents", G_CALLBACK (invalidate_contents_cb), self, G_CONNECT_DEFAULT);
  self->made_plain = self->plainness;
}

void
yj_player_make_pipeline (YjPlayer *self)
{
  g_autoptr(GstBus) bus = NULL;

  yj_media_init ();
  self->playbin = gst_object_ref_sink (gst_element_factory_make ("playbin", NULL));
  yj_video_sink_watch (GST_BIN (self->playbin));
  make_video_sink (self);
  gst_util_set_object_arg (G_OBJECT (self->playbin), "flags", "video+audio+soft-volume+deinterlace");
  g_object_set (self->playbin,
                "video-sink", self->video_sink,
                "audio-filter", gst_element_factory_make ("scaletempo", NULL),  /* another rate, the same pitch */
                NULL);
  bus = gst_element_get_bus (self->playbin);
  gst_bus_add_watch (bus, message_cb, self);
}

/* Between two openings: a sink of the plainness that is asked for. */
void
yj_player_fit_sink (YjPlayer *self)
{
  if (self->sink == NULL || self->made_plain == self->plainness)
    return;
  g_signal_handlers_disconnect_by_data (self->paintable, self);
  g_clear_object (&self->paintable);
  gst_clear_object (&self->sink);
  gst_clear_object (&self->video_sink);
  make_video_sink (self);
  g_object_set (self->playbin, "video-sink", self->video_sink, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), yj_player_props[PROP_PAINTABLE]);
}
