/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks into a clip or sound, in the jail, with one short pipeline: fdsrc, a demultiplexer, for each stream a decodebin and a sink. */

#include "yj-clip-private.h"

#include <gst/pbutils/pbutils.h>
#include <gst/video/video.h>
#include <sys/stat.h>
#include <unistd.h>

#include "yj-answer.h"

#define MAX_QUEUED (64 << 20)   /* bytes */
#define PREROLL_CHECK (5 * GST_MSECOND)

static const struct { const char *caps; const char *name; } codecs[] = {
  { "video/x-h264", "H.264" }, { "video/x-h265", "H.265" }, { "video/x-h266", "H.266" }, { "video/x-av1", "AV1" },
  { "video/x-vp8", "VP8" }, { "video/x-vp9", "VP9" }, { "video/mpeg, mpegversion=4", "MPEG-4" },
  { "video/x-prores", "ProRes" }, { "image/jpeg", "Motion JPEG" }, { "video/x-theora", "Theora" },
  { "audio/mpeg, mpegversion={ (int) 2, (int) 4 }", "AAC" }, { "audio/mpeg, mpegversion=1, layer=3", "MP3" },
  { "audio/mpeg, mpegversion=1", "MPEG audio" }, { "audio/x-opus", "Opus" }, { "audio/x-vorbis", "Vorbis" },
  { "audio/x-flac", "FLAC" }, { "audio/x-alac", "ALAC" }, { "audio/x-raw", "PCM" }, { "audio/x-ac3", "AC-3" },
  { "audio/x-eac3", "E-AC-3" },
};

static char *
dup_codec_name (const GstCaps *caps)
{
  if (caps == NULL)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (codecs); i++)
    {
      g_autoptr(GstCaps) known = gst_caps_from_string (codecs[i].caps);

      if (gst_caps_is_subset (caps, known))
        return g_strdup (codecs[i].name);
    }
  return gst_pb_utils_get_codec_description (caps);
}

static void
remember_caps (GstCaps **place,
               GstCaps  *caps)
{
  if (*place == NULL)
    *place = gst_caps_ref (caps);
}

/* What a stream is, by its first caps that are no container's. FALSE when they are a container's. */
static gboolean
note_stream (YjClip   *self,
             GstCaps  *caps,
             gboolean *sound)
{
  GstPbUtilsCapsDescriptionFlags flags = gst_pb_utils_get_caps_description_flags (caps);
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  int width = 0, height = 0;

  *sound = flags & GST_PBUTILS_CAPS_DESCRIPTION_FLAG_AUDIO;
  if (flags & (GST_PBUTILS_CAPS_DESCRIPTION_FLAG_CONTAINER | GST_PBUTILS_CAPS_DESCRIPTION_FLAG_TAG))
    return FALSE;
  if (gst_structure_get_int (structure, "width", &width) && gst_structure_get_int (structure, "height", &height)
      && (gint64) width * height > YJ_MAX_PIXELS)
    yj_answer_error (YJ_MEDIA_ERROR_LIMIT, "%d × %d pixels are too many", width, height);
  g_mutex_lock (&self->lock);
  if (*sound)
    remember_caps (&self->audio_caps, caps);
  else if (flags & (GST_PBUTILS_CAPS_DESCRIPTION_FLAG_VIDEO | GST_PBUTILS_CAPS_DESCRIPTION_FLAG_IMAGE))
    remember_caps (&self->video_caps, caps);
  g_mutex_unlock (&self->lock);
  return TRUE;
}

static gboolean
autoplug_continue_cb (GstElement *decodebin,
                      GstPad     *pad,
                      GstCaps    *caps,
                      gpointer    user_data)
{
  YjClip *self = user_data;
  gboolean sound;

  return !note_stream (self, caps, &sound) || !sound || self->with_sound;
}

static GstElement *
make_sink (const char *type)
{
  g_autoptr(GstCaps) caps = gst_caps_new_empty_simple (type);

  return g_object_new (GST_TYPE_APP_SINK, "sync", FALSE, "max-buffers", 1, "drop", TRUE, "wait-on-eos", FALSE,
                       "caps", caps, NULL);
}

static void
link_to (YjClip     *self,
         GstPad     *pad,
         GstElement *element)
{
  g_autoptr(GstPad) sink_pad = NULL;

  gst_bin_add (GST_BIN (self->pipeline), element);
  sink_pad = gst_element_get_static_pad (element, "sink");
  gst_pad_link (pad, sink_pad);
  gst_element_sync_state_with_parent (element);
}

/* A stream is decoded, or was passed on as it is because nobody wants it decoded; then it stays unlinked. */
static void
pad_added_cb (GstElement *decodebin,
              GstPad     *pad,
              gpointer    user_data)
{
  YjClip *self = user_data;
  g_autoptr(GstCaps) caps = gst_pad_get_current_caps (pad);
  const char *name = caps != NULL ? gst_structure_get_name (gst_caps_get_structure (caps, 0)) : "";
  GstElement *sink = NULL;

  g_mutex_lock (&self->lock);
  if (g_str_equal (name, "video/x-raw") && self->video == NULL)
    {
      sink = make_sink (name);
      self->video = GST_APP_SINK (sink);
    }
  else if (g_str_equal (name, "audio/x-raw") && self->with_sound)
    {
      remember_caps (&self->audio_caps, caps);  /* PCM in a container is never autoplugged */
      sink = make_sink (name);
      if (self->audio == NULL)
        self->audio = GST_APP_SINK (sink);
    }
  g_mutex_unlock (&self->lock);
  if (sink != NULL)
    link_to (self, pad, sink);
}

static GstElement *
make_decodebin (YjClip *self)
{
  GstElement *decodebin = gst_element_factory_make ("decodebin", NULL);

  if (decodebin == NULL)
    yj_answer_error (YJ_MEDIA_ERROR_CODEC, "GStreamer's base plugins");
  g_signal_connect (decodebin, "autoplug-continue", G_CALLBACK (autoplug_continue_cb), self);
  g_signal_connect (decodebin, "pad-added", G_CALLBACK (pad_added_cb), self);
  return decodebin;
}

static gboolean
can_be_decoded (GstCaps *caps)
{
  GList *all = gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DECODER, GST_RANK_MARGINAL);
  GList *fit = gst_element_factory_list_filter (all, caps, GST_PAD_SINK, FALSE);
  gboolean any = fit != NULL || gst_structure_has_name (gst_caps_get_structure (caps, 0), "audio/x-raw")
                 || gst_structure_has_name (gst_caps_get_structure (caps, 0), "video/x-raw");

  gst_plugin_feature_list_free (all);
  gst_plugin_feature_list_free (fit);
  return any;
}

static GstPadProbeReturn
drop_flush_cb (GstPad          *pad,
               GstPadProbeInfo *probe,
               gpointer         user_data)
{
  GstEventType type = GST_EVENT_TYPE (gst_pad_probe_info_get_event (probe));

  return type == GST_EVENT_FLUSH_START || type == GST_EVENT_FLUSH_STOP ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

static void
stream_added_cb (GstElement *demuxer,
                 GstPad     *pad,
                 gpointer    user_data)
{
  YjClip *self = user_data;
  g_autoptr(GstCaps) caps = gst_pad_query_caps (pad, NULL);
  g_autoptr(GstPad) queued = NULL;
  GstElement *queue;
  gboolean sound;

  if (!gst_caps_is_fixed (caps) || !note_stream (self, caps, &sound) || (sound && !self->with_sound)
      || !can_be_decoded (caps))
    return;
  /* Ogg's goes to its beginning by itself before it gives anything, and what it throws away for that is the decoder that is
     just being set up: "couldn't set theoradec to PAUSED" (seen with 1.26, more often than not on a busy machine) */
  if (yj_clip_seeks_late (self))
    gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_FLUSH, drop_flush_cb, NULL, NULL);
  /* Until the other stream has begun, too */
  queue = gst_element_factory_make ("queue", NULL);
  g_object_set (queue, "max-size-buffers", 0, "max-size-time", (guint64) 0, "max-size-bytes", MAX_QUEUED, NULL);
  link_to (self, pad, queue);
  queued = gst_element_get_static_pad (queue, "src");
  link_to (self, queued, make_decodebin (self));
}

/* One thread: with more, libav's decoders give frames to the wrong times after a seek (seen with 1.26: 13 of 30 seeks to
   a key frame), and each would have frames of its own in the limited memory. */
static void
deep_element_added_cb (GstBin     *bin,
                       GstBin     *parent,
                       GstElement *element,
                       gpointer    user_data)
{
  static const char * const names[] = { "max-threads", "threads", "n-threads" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (element), names[i]);

      if (pspec != NULL && (pspec->value_type == G_TYPE_INT || pspec->value_type == G_TYPE_UINT))
        g_object_set (element, names[i], 1, NULL);
    }
}

void
yj_clip_answer_broken (const GError *error)
{
  gboolean slow = g_error_matches (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_LIMIT);

  yj_answer_error (slow ? YJ_MEDIA_ERROR_LIMIT : YJ_MEDIA_ERROR_DAMAGED, "%s", error->message);
}

/* Names the decoder that is missing, if one is and matters: a clip's for pictures, a sound's for sound. */
static void
answer_without_decoder (YjClip *self)
{
  g_autofree char *name = NULL;

  g_mutex_lock (&self->lock);
  if (self->video_caps != NULL && self->video == NULL)
    name = dup_codec_name (self->video_caps);
  else if (self->video_caps == NULL && self->audio_caps != NULL && self->audio == NULL && self->with_sound)
    name = dup_codec_name (self->audio_caps);
  g_mutex_unlock (&self->lock);
  if (name != NULL)
    yj_answer_error (YJ_MEDIA_ERROR_CODEC, "%s", name);
}

static void G_GNUC_NORETURN
answer_nothing (YjClip *self)
{
  if (!self->with_sound)
    yj_answer_error (YJ_MEDIA_ERROR_UNSUPPORTED, "There are no pictures in it");
  yj_answer_error (YJ_MEDIA_ERROR_DAMAGED, "There is neither picture nor sound in it");
}

static void
no_more_pads_cb (GstElement *demuxer,
                 gpointer    user_data)
{
  YjClip *self = user_data;

  g_mutex_lock (&self->lock);
  self->streams_known = TRUE;
  g_mutex_unlock (&self->lock);
}

/* Whether every sink has its first buffer. The bin's message that says so is lost when the sinks are added while
   it still changes its own state; and one of an earlier seek may still be on the bus. */
static gboolean
has_prerolled (YjClip *self)
{
  gboolean known;

  g_mutex_lock (&self->lock);
  known = self->streams_known;
  g_mutex_unlock (&self->lock);
  return known && gst_element_get_state (self->pipeline, NULL, NULL, 0) == GST_STATE_CHANGE_SUCCESS;
}

/* Waits for the first frame, or for the end; FALSE when the file broke off before, with the reason in @error. */
gboolean
yj_clip_wait_for (YjClip    *self,
                  gboolean   end,
                  GError   **error)
{
  g_autoptr(GstBus) bus = gst_element_get_bus (self->pipeline);

  while (end || !has_prerolled (self))
    {
      g_autoptr(GstMessage) message = NULL;

      if (g_get_monotonic_time () > self->deadline)
        {
          g_set_error_literal (error, YJ_MEDIA_ERROR, YJ_MEDIA_ERROR_LIMIT, "Looking into the file took too long");
          return FALSE;
        }
      message = gst_bus_timed_pop_filtered (bus, PREROLL_CHECK,
                                            GST_MESSAGE_ERROR | GST_MESSAGE_ELEMENT | (end ? GST_MESSAGE_EOS : 0));
      if (message == NULL)
        continue;
      if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
        return TRUE;
      if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
        {
          gst_message_parse_error (message, error, NULL);
          return FALSE;
        }
      if (gst_is_missing_plugin_message (message) && self->video_caps == NULL && self->audio_caps == NULL)
        {
          g_autofree char *what = gst_missing_plugin_message_get_description (message);

          yj_answer_error (YJ_MEDIA_ERROR_CODEC, "%s", what);
        }
    }
  return TRUE;
}

/**
 * yj_clip_open:
 * @sniff: its format
 * @with_sound: whether sound is decoded too
 * @seconds: after which it gives up
 *
 * Opens the file on standard input up to its first frame. What cannot be opened ends the process with an answer.
 *
 * Returns: the clip; it lives as long as the process
 */
YjClip *
yj_clip_open (const YjSniff *sniff,
              gboolean       with_sound,
              guint          seconds)
{
  YjClip *self = g_new0 (YjClip, 1);
  const char *demuxer = yj_clip_get_demuxer (sniff->format);
  GstElement *source = gst_element_factory_make ("fdsrc", NULL);
  GstElement *reader;
  struct stat about;
  g_autoptr(GError) error = NULL;

  g_mutex_init (&self->lock);
  self->sniff = sniff;
  self->with_sound = with_sound;
  self->deadline = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;
  self->pipeline = gst_pipeline_new (NULL);
  g_object_set (source, "fd", STDIN_FILENO, NULL);
  /* Decoders of pictures take what comes at once for the whole */
  if (sniff->kind == YJ_MEDIA_INFO_IMAGE && fstat (STDIN_FILENO, &about) == 0)
    g_object_set (source, "blocksize", (guint) about.st_size, NULL);
  g_signal_connect (self->pipeline, "deep-element-added", G_CALLBACK (deep_element_added_cb), self);
  /* A decodebin for the whole file would do, but it loses a demultiplexer's early errors now and then */
  reader = demuxer != NULL ? gst_element_factory_make (demuxer, NULL) : make_decodebin (self);
  if (reader == NULL)
    yj_answer_error (YJ_MEDIA_ERROR_CODEC, "%s", sniff->name);
  self->streams_known = demuxer == NULL;
  if (demuxer != NULL)
    {
      g_signal_connect (reader, "pad-added", G_CALLBACK (stream_added_cb), self);
      g_signal_connect (reader, "no-more-pads", G_CALLBACK (no_more_pads_cb), self);
    }
  gst_bin_add_many (GST_BIN (self->pipeline), source, reader, NULL);
  gst_element_link (source, reader);

  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  if (!yj_clip_wait_for (self, FALSE, &error))
    {
      answer_without_decoder (self);
      if (!with_sound && self->video_caps == NULL && self->audio_caps != NULL)
        answer_nothing (self);
      yj_clip_answer_broken (error);
    }
  answer_without_decoder (self);
  if (self->video == NULL && self->audio == NULL)
    answer_nothing (self);
  return self;
}

/* 1 to 8 as in EXIF; only of a clip with pictures. */
guint
yj_clip_get_orientation (YjClip *self)
{
  static const char * const names[] = {
    "rotate-0", "flip-rotate-0", "rotate-180", "flip-rotate-180",
    "flip-rotate-270", "rotate-90", "flip-rotate-90", "rotate-270",
  };
  g_autoptr(GstPad) pad = gst_element_get_static_pad (GST_ELEMENT (self->video), "sink");
  guint orientation = 1;

  for (guint n = 0;; n++)
    {
      g_autoptr(GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_TAG, n);
      g_autofree char *value = NULL;
      GstTagList *tags;

      if (event == NULL)
        return orientation;
      gst_event_parse_tag (event, &tags);
      if (gst_tag_list_get_string (tags, GST_TAG_IMAGE_ORIENTATION, &value))
        for (guint i = 0; i < G_N_ELEMENTS (names); i++)
          if (g_str_equal (value, names[i]))
            orientation = i + 1;
    }
}

/* Some files do not say how long they are: MP3 without an index, WebM as a browser records it. */
static gint64
measure_duration (YjClip *self)
{
  gint64 end = 0;

  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  if (!yj_clip_wait_for (self, TRUE, NULL) || !gst_element_query_position (self->pipeline, GST_FORMAT_TIME, &end))
    return 0;
  return end;
}

/* All that must be the same for two streams to follow each other as one: how they are coded, and the decoder's set-up. */
static void
append_key (GString       *key,
            const GstCaps *caps)
{
  static const char * const fields[] = {
    "codec_data", "stream-format", "alignment", "width", "height", "pixel-aspect-ratio", "interlace-mode", "mpegversion",
    "profile", "level", "rate", "channels",
  };
  const GstStructure *structure = gst_caps_get_structure (caps, 0);

  g_string_append (key, gst_structure_get_name (structure));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const GValue *value = gst_structure_get_value (structure, fields[i]);
      g_autofree char *text = value != NULL ? gst_value_serialize (value) : NULL;

      g_string_append_printf (key, ";%s", text != NULL ? text : "");
    }
}

/* Only of what can be put into an MP4 as it is. */
static char *
dup_stream_key (YjClip *self,
                guint   orientation)
{
  g_autoptr(GString) key = g_string_new (NULL);
  const char *name = gst_structure_get_name (gst_caps_get_structure (self->video_caps, 0));

  if (self->sniff->format != YJ_FORMAT_MP4 || (!g_str_equal (name, "video/x-h264") && !g_str_equal (name, "video/x-h265")) ||
      (self->audio_caps != NULL && !gst_structure_has_name (gst_caps_get_structure (self->audio_caps, 0), "audio/mpeg")))
    return NULL;
  g_string_append_printf (key, "%u ", orientation);
  append_key (key, self->video_caps);
  if (self->audio_caps != NULL)
    {
      g_string_append_c (key, ' ');
      append_key (key, self->audio_caps);
    }
  return g_string_free_and_steal (g_steal_pointer (&key));
}

/**
 * yj_clip_fill_info:
 * @self: a clip
 * @info: gets kind, size in pixels, duration, rate and codecs
 */
void
yj_clip_fill_info (YjClip      *self,
                   YjMediaInfo *info)
{
  gint64 duration = 0;

  if (self->video != NULL)
    {
      g_autoptr(GstSample) frame = yj_clip_get_frame (self, 0);
      guint orientation = yj_clip_get_orientation (self);
      GstVideoInfo video;

      if (!gst_video_info_from_caps (&video, gst_sample_get_caps (frame)))
        yj_answer_error (YJ_MEDIA_ERROR_DAMAGED, "Its frames are of no known kind");
      info->width = orientation >= 5 ? GST_VIDEO_INFO_HEIGHT (&video) : GST_VIDEO_INFO_WIDTH (&video);
      info->height = orientation >= 5 ? GST_VIDEO_INFO_WIDTH (&video) : GST_VIDEO_INFO_HEIGHT (&video);
      info->frame_rate = (double) GST_VIDEO_INFO_FPS_N (&video) / MAX (GST_VIDEO_INFO_FPS_D (&video), 1);
      info->has_alpha = GST_VIDEO_INFO_HAS_ALPHA (&video);
      if (self->video_caps != NULL)
        {
          info->video_profile = g_strdup (gst_structure_get_string (gst_caps_get_structure (self->video_caps, 0), "profile"));
          info->stream_key = dup_stream_key (self, orientation);
        }
    }
  if (!gst_element_query_duration (self->pipeline, GST_FORMAT_TIME, &duration) || duration <= 0)
    duration = measure_duration (self);
  info->duration = MAX (duration, 0);
  info->has_audio = self->audio_caps != NULL;
  info->video_codec = self->video != NULL ? dup_codec_name (self->video_caps) : NULL;
  info->audio_codec = dup_codec_name (self->audio_caps);
  if (self->audio_caps != NULL)
    {
      gst_structure_get_int (gst_caps_get_structure (self->audio_caps, 0), "rate", &info->sound_rate);
      gst_structure_get_int (gst_caps_get_structure (self->audio_caps, 0), "channels", &info->channels);
    }
}

/**
 * yj_clip_get_pixel_ratio:
 * @self: a clip with pictures
 *
 * Returns: how many times wider than high a pixel is shown, upright
 */
double
yj_clip_get_pixel_ratio (YjClip *self)
{
  g_autoptr(GstPad) pad = gst_element_get_static_pad (GST_ELEMENT (self->video), "sink");
  g_autoptr(GstCaps) caps = gst_pad_get_current_caps (pad);
  GstVideoInfo info;
  double ratio = 1;

  if (caps != NULL && gst_video_info_from_caps (&info, caps) && GST_VIDEO_INFO_PAR_N (&info) > 0)
    ratio = (double) GST_VIDEO_INFO_PAR_N (&info) / GST_VIDEO_INFO_PAR_D (&info);
  ratio = CLAMP (ratio, 0.1, 10);
  return yj_clip_get_orientation (self) >= 5 ? 1 / ratio : ratio;
}
