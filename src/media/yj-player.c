/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "yj-player"

#include "yj-player.h"

#include <gst/gst.h>
#include <gst/pbutils/pbutils.h>
#include <gst/video/video.h>
#include <stdlib.h>

#include "yj-media-init.h"
#include "yj-probe.h"

#define TICK 33                 /* ms between notifications of the position while it plays */
#define OPENING_PATIENCE 10     /* s: decodebin loses a demultiplexer's early error now and then, and then says nothing at all */
#define DEFAULT_FRAME (GST_SECOND / 24)

typedef enum
{
  PHASE_EMPTY,
  PHASE_HALTING,                /* a thread takes the pipeline down; what it still says is of the last file */
  PHASE_OPENING,
  PHASE_OPEN,
} Phase;

/**
 * YjPlayer:
 *
 * Plays one file, in a playbin of its own: GstPlay knows no segment seeks, so it cannot loop without a gap. Not in a
 * playbin3: on a busy machine one opening in sixty never came to an end (GStreamer 1.26).
 *
 * All of it belongs to the main thread. What may take long, seeking and taking the pipeline down, is done by
 * other threads; their results come back as messages on the bus.
 */
struct _YjPlayer
{
  GObject       parent_instance;

  GFile        *file;
  GstElement   *playbin;
  GstElement   *sink;           /* that has the paintable; NULL when there is no such element */
  GstElement   *video_sink;     /* the same, or the bin around it */
  GdkPaintable *paintable;
  guint         tick;
  guint         patience;
  char         *missing;        /* the first decoder that is not there */

  Phase         phase;
  gboolean      failed;         /* not to be opened again by itself */
  gboolean      playing;        /* wanted */
  gboolean      has_video;
  gboolean      shown;          /* something of this file is on the paintable */
  gboolean      ready;
  gboolean      loop;
  gboolean      muted;
  double        rate;
  double        volume;
  int           width;
  int           height;
  gint64        position;
  gint64        duration;
  gint64        frame;          /* ns that one frame is shown */

  gboolean      seeking;        /* one is on its way */
  gint64        wanted;         /* where to go after it, or -1 */
  gint64        sought;         /* where the last one went */
  guint32       seek_number;    /* by which its messages are known */
  int           missed;         /* times it found no picture there */
  gboolean      stepping;
  int           steps;          /* frames still to step */
  gboolean      segmented;      /* ends with SEGMENT_DONE, not with EOS */
  gboolean      askew;          /* needs a seek before it plays: picture and sound stand apart, or the rate is another */
  gboolean      at_end;
};

typedef enum
{
  PROP_PAINTABLE = 1,
  PROP_PLAYING,
  PROP_READY,
  PROP_POSITION,
  PROP_DURATION,
  PROP_WIDTH,
  PROP_HEIGHT,
  PROP_LOOP,
  PROP_RATE,
  PROP_VOLUME,
  PROP_MUTED,
} YjPlayerProps;

static GParamSpec *props[PROP_MUTED + 1];

enum
{
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (YjPlayer, yj_player, G_TYPE_OBJECT)

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
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
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
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
update_position (YjPlayer *self)
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
  update_position (user_data);
  return G_SOURCE_CONTINUE;
}

/* Ticks only while it plays: a still picture wakes nobody. */
static void
set_playing (YjPlayer *self,
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
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_WIDTH]);
  if (self->height != height)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HEIGHT]);
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

static void
seek_to (YjPlayer *self,
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
static void
go_on (YjPlayer *self)
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
  update_position (self);
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
static void
halt (YjPlayer *self)
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
  set_playing (self, FALSE);
  self->failed = TRUE;
  halt (self);
  update_ready (self);
  g_signal_emit (self, signals[FAILED], 0, error);
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

static void
forget_file (YjPlayer *self)
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
  set_playing (self, FALSE);
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
  go_on (self);
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
  update_position (self);
  self->at_end = TRUE;
  set_playing (self, FALSE);
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
      go_on (self);
      break;
    case GST_MESSAGE_APPLICATION:       /* a seek was refused */
      self->seeking = FALSE;
      go_on (self);
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

static void
make_pipeline (YjPlayer *self)
{
  g_autoptr(GstBus) bus = NULL;

  yj_media_init ();
  self->playbin = gst_object_ref_sink (gst_element_factory_make ("playbin", NULL));
  make_video_sink (self);
  gst_util_set_object_arg (G_OBJECT (self->playbin), "flags", "video+audio+soft-volume+deinterlace");
  g_object_set (self->playbin,
                "video-sink", self->video_sink,
                "audio-filter", gst_element_factory_make ("scaletempo", NULL),  /* another rate, the same pitch */
                NULL);
  bus = gst_element_get_bus (self->playbin);
  gst_bus_add_watch (bus, message_cb, self);
}

static void
yj_player_dispose (GObject *object)
{
  YjPlayer *self = YJ_PLAYER (object);

  g_clear_handle_id (&self->tick, g_source_remove);
  if (self->playbin != NULL)
    {
      g_autoptr(GstBus) bus = gst_element_get_bus (self->playbin);

      gst_bus_remove_watch (bus);
      halt (self);
      gst_clear_object (&self->playbin);
    }
  if (self->paintable != NULL)
    g_signal_handlers_disconnect_by_data (self->paintable, self);
  g_clear_object (&self->paintable);
  gst_clear_object (&self->sink);
  gst_clear_object (&self->video_sink);
  g_clear_object (&self->file);
  g_clear_pointer (&self->missing, g_free);

  G_OBJECT_CLASS (yj_player_parent_class)->dispose (object);
}

static void
yj_player_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  YjPlayer *self = YJ_PLAYER (object);

  switch ((YjPlayerProps) prop_id)
    {
    case PROP_PAINTABLE:
      g_value_set_object (value, self->paintable);
      break;
    case PROP_PLAYING:
      g_value_set_boolean (value, self->playing);
      break;
    case PROP_READY:
      g_value_set_boolean (value, self->ready);
      break;
    case PROP_POSITION:
      g_value_set_int64 (value, self->position);
      break;
    case PROP_DURATION:
      g_value_set_int64 (value, self->duration);
      break;
    case PROP_WIDTH:
      g_value_set_int (value, self->width);
      break;
    case PROP_HEIGHT:
      g_value_set_int (value, self->height);
      break;
    case PROP_LOOP:
      g_value_set_boolean (value, self->loop);
      break;
    case PROP_RATE:
      g_value_set_double (value, self->rate);
      break;
    case PROP_VOLUME:
      g_value_set_double (value, self->volume);
      break;
    case PROP_MUTED:
      g_value_set_boolean (value, self->muted);
      break;
    }
}

/* Rate and loop belong to a seek, so they take effect by one. */
static void
seek_in_place (YjPlayer *self)
{
  self->askew = TRUE;
  if (self->phase != PHASE_OPEN || !self->playing)
    return;
  update_position (self);
  seek_to (self, self->wanted >= 0 ? self->wanted : self->position);
}

static void
yj_player_set_property (GObject      *object,
                        guint         prop_id,
                        const GValue *value,
                        GParamSpec   *pspec)
{
  YjPlayer *self = YJ_PLAYER (object);

  switch ((YjPlayerProps) prop_id)
    {
    case PROP_LOOP:
      if (self->loop == g_value_get_boolean (value))
        return;
      self->loop = g_value_get_boolean (value);
      seek_in_place (self);
      break;
    case PROP_RATE:
      if (self->rate == g_value_get_double (value))
        return;
      self->rate = g_value_get_double (value);
      seek_in_place (self);
      break;
    case PROP_VOLUME:
      if (self->volume == g_value_get_double (value))
        return;
      self->volume = g_value_get_double (value);
      g_object_set (self->playbin, "volume", self->volume, NULL);
      break;
    case PROP_MUTED:
      if (self->muted == g_value_get_boolean (value))
        return;
      self->muted = g_value_get_boolean (value);
      g_object_set (self->playbin, "mute", self->muted, NULL);
      break;
    case PROP_PAINTABLE:
    case PROP_PLAYING:
    case PROP_READY:
    case PROP_POSITION:
    case PROP_DURATION:
    case PROP_WIDTH:
    case PROP_HEIGHT:
      g_assert_not_reached ();
    }
  g_object_notify_by_pspec (object, pspec);
}

static void
yj_player_class_init (YjPlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags writable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = yj_player_dispose;
  object_class->get_property = yj_player_get_property;
  object_class->set_property = yj_player_set_property;

  /* The same for all files; shows nothing new before "ready" */
  props[PROP_PAINTABLE] = g_param_spec_object ("paintable", NULL, NULL, GDK_TYPE_PAINTABLE, readable);
  props[PROP_PLAYING] = g_param_spec_boolean ("playing", NULL, NULL, FALSE, readable);
  /* A frame of the file is on the paintable; for a sound, that it can be played */
  props[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE, readable);
  props[PROP_POSITION] = g_param_spec_int64 ("position", NULL, NULL, 0, G_MAXINT64, 0, readable);     /* ns */
  props[PROP_DURATION] = g_param_spec_int64 ("duration", NULL, NULL, 0, G_MAXINT64, 0, readable);     /* ns */
  props[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 0, readable);       /* px, upright */
  props[PROP_HEIGHT] = g_param_spec_int ("height", NULL, NULL, 0, G_MAXINT, 0, readable);
  props[PROP_LOOP] = g_param_spec_boolean ("loop", NULL, NULL, TRUE, writable);
  props[PROP_RATE] = g_param_spec_double ("rate", NULL, NULL, 0.1, 8, 1, writable);
  props[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0, 1, 1, writable);
  props[PROP_MUTED] = g_param_spec_boolean ("muted", NULL, NULL, FALSE, writable);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  /**
   * YjPlayer::failed:
   * @self: the player
   * @error: %YJ_MEDIA_ERROR: %YJ_MEDIA_ERROR_CODEC names the decoder that is missing
   *
   * The file cannot be played, or no further.
   */
  signals[FAILED] = g_signal_new ("failed", YJ_TYPE_PLAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
yj_player_init (YjPlayer *self)
{
  self->loop = TRUE;
  self->rate = 1;
  self->volume = 1;
  self->wanted = -1;
  self->askew = TRUE;
  self->frame = DEFAULT_FRAME;
  make_pipeline (self);
}

/**
 * yj_player_new:
 *
 * Returns: (transfer full): a player without a file, set to loop. For the main thread, with a display.
 */
YjPlayer *
yj_player_new (void)
{
  return g_object_new (YJ_TYPE_PLAYER, NULL);
}

/**
 * yj_player_set_file:
 * @self: a player
 * @file: (nullable): a file on this machine that a probe has found fit, or %NULL to stop and let go
 *
 * Opens @file, paused on its first frame: then "ready" is true. Setting the same file again opens it anew.
 */
void
yj_player_set_file (YjPlayer *self,
                    GFile    *file)
{
  g_return_if_fail (YJ_IS_PLAYER (self));
  g_return_if_fail (file == NULL || G_IS_FILE (file));

  if (file == NULL && self->file == NULL)
    return;
  g_set_object (&self->file, file);
  forget_file (self);
  halt (self);
}

/**
 * yj_player_get_file:
 * @self: a player
 *
 * Returns: (transfer none) (nullable): the file it has
 */
GFile *
yj_player_get_file (YjPlayer *self)
{
  g_return_val_if_fail (YJ_IS_PLAYER (self), NULL);

  return self->file;
}

/**
 * yj_player_get_paintable:
 * @self: a player
 *
 * Returns: (transfer none) (nullable): what shows it, %NULL where GStreamer has no sink for GTK
 */
GdkPaintable *
yj_player_get_paintable (YjPlayer *self)
{
  g_return_val_if_fail (YJ_IS_PLAYER (self), NULL);

  return self->paintable;
}

/**
 * yj_player_play:
 * @self: a player
 *
 * Plays, from the beginning when it stands at the end; as soon as the file is open, when it is not yet.
 */
void
yj_player_play (YjPlayer *self)
{
  g_return_if_fail (YJ_IS_PLAYER (self));

  if (self->file == NULL || self->failed)
    return;
  set_playing (self, TRUE);
  if (self->phase != PHASE_OPEN)
    return;
  self->steps = 0;
  if (self->at_end)
    seek_to (self, 0);
  else if (self->askew || self->segmented != self->loop)
    seek_to (self, self->wanted >= 0 ? self->wanted : self->position);
  /* While it seeks, the end it comes from would be reached at once: async_done () lets it play */
  if (!self->seeking)
    gst_element_set_state (self->playbin, GST_STATE_PLAYING);
}

/**
 * yj_player_pause:
 * @self: a player
 *
 * Pauses on the frame that is shown.
 */
void
yj_player_pause (YjPlayer *self)
{
  g_return_if_fail (YJ_IS_PLAYER (self));

  set_playing (self, FALSE);
  if (self->phase != PHASE_OPEN)
    return;
  gst_element_set_state (self->playbin, GST_STATE_PAUSED);
  update_position (self);
}

/**
 * yj_player_get_playing:
 * @self: a player
 *
 * Returns: whether it plays or will as soon as it can
 */
gboolean
yj_player_get_playing (YjPlayer *self)
{
  g_return_val_if_fail (YJ_IS_PLAYER (self), FALSE);

  return self->playing;
}

/**
 * yj_player_seek:
 * @self: a player
 * @position: ns
 *
 * Goes to the frame shown at @position, exactly. One seek is on its way at a time; of those asked for
 * meanwhile, the newest follows it.
 */
void
yj_player_seek (YjPlayer *self,
                gint64    position)
{
  g_return_if_fail (YJ_IS_PLAYER (self));

  if (self->file == NULL || self->failed)
    return;
  self->steps = 0;
  seek_to (self, position);
}

/**
 * yj_player_step:
 * @self: a player
 * @frames: how many forward, or back when negative
 *
 * Pauses, and goes that many frames on.
 */
void
yj_player_step (YjPlayer *self,
                int       frames)
{
  g_return_if_fail (YJ_IS_PLAYER (self));

  if (self->phase != PHASE_OPEN || !self->has_video)
    return;
  if (self->playing)
    yj_player_pause (self);
  if (self->at_end && frames < 0)
    self->at_end = FALSE;
  self->steps += frames;
  go_on (self);
}

/**
 * yj_player_get_position:
 * @self: a player
 *
 * Returns: where it stands, or is going to, ns
 */
gint64
yj_player_get_position (YjPlayer *self)
{
  g_return_val_if_fail (YJ_IS_PLAYER (self), 0);

  update_position (self);
  return self->position;
}

/**
 * yj_player_get_duration:
 * @self: a player
 *
 * Returns: ns, 0 until it is known
 */
gint64
yj_player_get_duration (YjPlayer *self)
{
  g_return_val_if_fail (YJ_IS_PLAYER (self), 0);

  return self->duration;
}
