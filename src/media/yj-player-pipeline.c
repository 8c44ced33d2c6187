/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pipeline of a YjPlayer: opening and taking down, seeking and stepping, and what its messages mean. */

#define G_LOG_DOMAIN "yj-player"

#include "yj-player-private.h"

#include <gst/pbutils/pbutils.h>
#include <gst/video/video.h>
#include <stdlib.h>

#include "yj-media-init.h"
#include "yj-probe.h"

#define TICK 33                 /* ms between notifications of the position while it plays */
/* s: decodebin loses a demultiplexer's early error now and then, and then says nothing at all */
#ifdef __SANITIZE_ADDRESS__
#define OPENING_PATIENCE 40
#else
#define OPENING_PATIENCE 20
#endif
#define DEFAULT_FRAME (GST_SECOND / 24)

static void open_file (YjPlayer *self);

static void
set_boolean (YjPlayer      *self,
             gboolean      *place,
             gboolean       value,
             YjPlayerProps  prop)
{
  if (*place == value)
    return;
  *place = value;
  g_object_notify_by_pspec (G_OBJECT (self), yj_player_props[prop]);
}

static void
set_time (YjPlayer      *self,
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
yj_player_update_position (YjPlayer *self)
{
  GstElement *clock = self->has_video ? self->sink : self->playbin;
  gint64 position;

  if (self->phase != PHASE_OPEN || self->seeking || self->at_end)
    return;
  if (gst_element_query_position (clock, GST_FORMAT_TIME, &position) && position >= 0)
    set_time (self, &self->position, self->duration > 0 ? MIN (position, self->duration) : position, PROP_POSITION);
}

static gboolean
tick_cb (gpointer user_data)
{
  yj_player_update_position (user_data);
  return G_SOURCE_CONTINUE;
}

/* Ticks only while it plays: a still picture wakes nobody. */
void
yj_player_set_playing (YjPlayer *self,
                       gboolean  playing)
{
  if (playing && self->tick == 0)
    self->tick = g_timeout_add (TICK, tick_cb, self);
  else if (!playing)
    g_clear_handle_id (&self->tick, g_source_remove);
  set_boolean (self, &self->playing, playing, PROP_PLAYING);
}

static void
update_ready (YjPlayer *self)
{
  set_boolean (self, &self->ready, self->phase == PHASE_OPEN && (self->shown || !self->has_video), PROP_READY);
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

/* Seeking */

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
  GstEvent *seek;

  self->segmented = self->loop && self->playing;
  if (self->segmented)
    flags |= GST_SEEK_FLAG_SEGMENT;
  seek = gst_event_new_seek (self->rate, GST_FORMAT_TIME, flags | GST_SEEK_FLAG_ACCURATE,
                             GST_SEEK_TYPE_SET, position, GST_SEEK_TYPE_SET, GST_CLOCK_TIME_NONE);
  self->seek_number = gst_event_get_seqnum (seek);
  gst_element_call_async (self->playbin, seek_thread, seek, (GDestroyNotify) gst_event_unref);
}

static void
start_seek (YjPlayer *self,
            gint64    position)
{
  self->wanted = -1;
  self->seeking = TRUE;
  self->askew = FALSE;
  self->at_end = FALSE;
  self->sought = position;
  send_seek (self, position, GST_SEEK_FLAG_FLUSH);
}

void
yj_player_seek_to (YjPlayer *self,
                   gint64    position)
{
  position = CLAMP (position, 0, self->duration > 0 ? self->duration : G_MAXINT64);
  self->at_end = FALSE;
  set_time (self, &self->position, position, PROP_POSITION);
  if (self->phase != PHASE_OPEN || self->seeking || self->stepping)
    self->wanted = position;
  else
    {
      self->missed = 0;
      start_seek (self, position);
    }
}

/* Where the frame on the paintable begins, or where it was come upon by a seek into its midst. */
static gint64
get_shown_time (YjPlayer *self)
{
  g_autoptr(GstSample) sample = NULL;
  gint64 time = -1;

  g_object_get (self->sink, "last-sample", &sample, NULL);
  if (sample != NULL)
    time = gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME,
                                       GST_BUFFER_PTS (gst_sample_get_buffer (sample)));
  return time >= 0 ? time : self->position;
}

/* Back is a seek: where the frame begins is counted from the duration of one, with a margin for rounded times. */
static void
step_back (YjPlayer *self,
           int       frames)
{
  gint64 margin = self->frame / 8;
  gint64 number = (get_shown_time (self) + margin) / self->frame;

  start_seek (self, MAX (number - frames, 0) * self->frame + (number > frames ? margin : 0));
}

static void
step_forward (YjPlayer *self,
              int       frames)
{
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
      start_seek (self, self->wanted);
      return;
    }
  yj_player_update_position (self);
  self->steps = 0;
  if (steps > 0)
    step_forward (self, steps);
  else if (steps < 0)
    step_back (self, -steps);
}

/* Opening and closing */

typedef struct
{
  GstElement *playbin;
  GstElement *video_sink;
  GWeakRef    player;
} Halt;

/* Pipelines that threads are taking down. */
static GMutex halts_lock;
static GCond halts_over;
static guint halts;

/* A program that ends under such a thread could crash in its last moment. */
static void
wait_for_halts (void)
{
  g_mutex_lock (&halts_lock);
  while (halts > 0)
    g_cond_wait (&halts_over, &halts_lock);
  g_mutex_unlock (&halts_lock);
}

static void
count_halts (int change)
{
  static gsize registered;

  if (g_once_init_enter (&registered))
    {
      atexit (wait_for_halts);
      g_once_init_leave (&registered, 1);
    }
  g_mutex_lock (&halts_lock);
  halts += change;
  g_cond_broadcast (&halts_over);
  g_mutex_unlock (&halts_lock);
}

static void
halt_thread (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Halt *halt = task_data;

  gst_element_set_state (halt->playbin, GST_STATE_NULL);
  count_halts (-1);
  g_task_return_boolean (task, TRUE);
}

static void
halt_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Halt *halt = user_data;
  g_autoptr(YjPlayer) self = g_weak_ref_get (&halt->player);

  gst_element_set_locked_state (halt->video_sink, FALSE);
  gst_object_unref (halt->playbin);
  gst_object_unref (halt->video_sink);
  g_weak_ref_clear (&halt->player);
  g_free (halt);
  if (self == NULL)
    return;
  self->phase = PHASE_EMPTY;
  if (self->file != NULL && !self->failed)
    open_file (self);
}

/* Taking a pipeline down waits for its threads, so a thread does it. Only the sink for GTK belongs to the main
   thread: here it is stopped, and here it is let go at last. */
void
yj_player_halt (YjPlayer *self)
{
  g_autoptr(GTask) task = NULL;
  Halt *halt;

  if (self->phase == PHASE_HALTING)
    return;
  self->phase = PHASE_HALTING;
  g_clear_handle_id (&self->patience, g_source_remove);
  halt = g_new0 (Halt, 1);
  halt->playbin = gst_object_ref (self->playbin);
  halt->video_sink = gst_object_ref (self->video_sink);
  g_weak_ref_init (&halt->player, self);
  gst_element_set_locked_state (halt->video_sink, TRUE);
  gst_element_set_state (halt->video_sink, GST_STATE_NULL);
  count_halts (1);
  task = g_task_new (NULL, NULL, halt_cb, halt);
  g_task_set_task_data (task, halt, NULL);
  g_task_run_in_thread (task, halt_thread);
}

static void
fail (YjPlayer     *self,
      YjMediaError  code,
      const char   *message)
{
  g_autoptr(GError) error = g_error_new_literal (YJ_MEDIA_ERROR, code, message);

  g_debug ("Failed: %s", message);
  yj_player_set_playing (self, FALSE);
  self->failed = TRUE;
  yj_player_halt (self);
  update_ready (self);
  g_signal_emit (self, yj_player_failed, 0, error);
}

static gboolean
patience_cb (gpointer user_data)
{
  YjPlayer *self = user_data;

  self->patience = 0;
  fail (self, YJ_MEDIA_ERROR_DAMAGED, "The file could not be opened in time");
  return G_SOURCE_REMOVE;
}

static void
open_file (YjPlayer *self)
{
  g_autofree char *uri = g_file_get_uri (self->file);

  if (self->sink == NULL)
    {
      fail (self, YJ_MEDIA_ERROR_CODEC, "gtk4paintablesink");
      return;
    }
  if (!g_file_has_uri_scheme (self->file, "file"))
    {
      fail (self, YJ_MEDIA_ERROR_NOT_A_FILE, "The file is not on this machine");
      return;
    }
  self->phase = PHASE_OPENING;
  self->shown = FALSE;
  g_object_set (self->playbin, "uri", uri, NULL);
  gst_element_set_state (self->playbin, GST_STATE_PAUSED);
  self->patience = g_timeout_add_seconds (OPENING_PATIENCE, patience_cb, self);
}

void
yj_player_forget_file (YjPlayer *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  g_clear_pointer (&self->missing, g_free);
  self->failed = FALSE;
  self->has_video = FALSE;
  self->shown = FALSE;
  self->seeking = FALSE;
  self->stepping = FALSE;
  self->segmented = FALSE;
  self->askew = TRUE;
  self->at_end = FALSE;
  self->steps = 0;
  self->wanted = -1;
  yj_player_set_playing (self, FALSE);
  set_boolean (self, &self->ready, FALSE, PROP_READY);
  set_time (self, &self->position, 0, PROP_POSITION);
  set_time (self, &self->duration, 0, PROP_DURATION);
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
    set_time (self, &self->duration, duration, PROP_DURATION);
}

static void
opened (YjPlayer *self)
{
  read_frame_duration (self);
  if (!self->has_video && self->missing != NULL)
    {
      fail (self, YJ_MEDIA_ERROR_CODEC, self->missing);
      return;
    }
  self->phase = PHASE_OPEN;
  g_clear_handle_id (&self->patience, g_source_remove);
  update_duration (self);
  update_size (self);
  update_ready (self);
  if (self->playing)
    yj_player_play (self);
}

/* Sound often lasts longer than the pictures: who goes there is shown the last of these. */
static gboolean
look_back (YjPlayer *self)
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

static void
async_done (YjPlayer *self)
{
  if (self->phase == PHASE_OPENING)
    opened (self);
  else if (look_back (self))
    return;
  self->seeking = FALSE;
  yj_player_go_on (self);
  if (self->playing && !self->seeking)
    gst_element_set_state (self->playbin, GST_STATE_PLAYING);
}

static void
ended (YjPlayer *self)
{
  if (self->loop && self->playing)
    {
      start_seek (self, 0);
      return;
    }
  gst_element_set_state (self->playbin, GST_STATE_PAUSED);
  yj_player_update_position (self);
  self->at_end = TRUE;
  yj_player_set_playing (self, FALSE);
  if (self->duration > 0)
    set_time (self, &self->position, self->duration, PROP_POSITION);
}

static void
take_error (YjPlayer   *self,
            GstMessage *message)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *debug = NULL;
  YjMediaError code = YJ_MEDIA_ERROR_FAILED;

  gst_message_parse_error (message, &error, &debug);
  g_debug ("%s (%s)", error->message, debug);
  if (self->missing != NULL)
    code = YJ_MEDIA_ERROR_CODEC;
  else if (error->domain == GST_STREAM_ERROR)
    code = YJ_MEDIA_ERROR_DAMAGED;
  fail (self, code, self->missing != NULL ? self->missing : error->message);
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
      self->seeking = FALSE;
      yj_player_go_on (self);
      break;
    case GST_MESSAGE_SEGMENT_DONE:
      /* Comes when the last of it has been read, not shown: time enough to begin anew without a gap */
      if (self->segmented && gst_message_get_seqnum (message) == self->seek_number)
        send_seek (self, 0, GST_SEEK_FLAG_NONE);
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
  update_size (self);
  update_ready (self);
}

/* The pipeline */

static void
make_video_sink (YjPlayer *self)
{
  g_autoptr(GObject) gl_context = NULL;

  self->sink = gst_element_factory_make ("gtk4paintablesink", NULL);
  if (self->sink == NULL)
    {
      self->video_sink = gst_object_ref_sink (gst_element_factory_make ("fakesink", NULL));
      return;
    }
  gst_object_ref_sink (self->sink);
  g_object_get (self->sink, "paintable", &self->paintable, NULL);
  g_signal_connect_object (self->paintable, "invalidate-contents", G_CALLBACK (invalidate_contents_cb), self, G_CONNECT_DEFAULT);
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (self->paintable), "gl-context") != NULL)
    g_object_get (self->paintable, "gl-context", &gl_context, NULL);
  if (gl_context != NULL)
    self->video_sink = gst_element_factory_make ("glsinkbin", NULL);
  if (self->video_sink != NULL)
    g_object_set (self->video_sink, "sink", self->sink, NULL);
  else
    self->video_sink = self->sink;
  gst_object_ref_sink (self->video_sink);
}

/* libav's decoders that draw straight into the sink's buffers abort the process now and then where a side of the picture
   is no multiple of sixteen ("video meta uses 864x480 instead of 854x480", seen with 1.26: one run in fifty). */
static void
deep_element_added_cb (GstBin     *bin,
                       GstBin     *parent,
                       GstElement *element,
                       gpointer    user_data)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), "direct-rendering") != NULL)
    g_object_set (element, "direct-rendering", FALSE, NULL);
}

void
yj_player_make_pipeline (YjPlayer *self)
{
  g_autoptr(GstBus) bus = NULL;

  yj_media_init ();
  self->playbin = gst_object_ref_sink (gst_element_factory_make ("playbin", NULL));
  g_signal_connect (self->playbin, "deep-element-added", G_CALLBACK (deep_element_added_cb), NULL);
  make_video_sink (self);
  gst_util_set_object_arg (G_OBJECT (self->playbin), "flags", "video+audio+soft-volume+deinterlace");
  g_object_set (self->playbin,
                "video-sink", self->video_sink,
                "audio-filter", gst_element_factory_make ("scaletempo", NULL),  /* another rate, the same pitch */
                NULL);
  bus = gst_element_get_bus (self->playbin);
  gst_bus_add_watch (bus, message_cb, self);
}
