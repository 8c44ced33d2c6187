/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Puts the encoded streams of several MP4 files one behind the other into a new one, in the jail: nothing is decoded,
 * only the times are new. A part is read as a whole before it is written, so that its sound can end with its pictures.
 */

#include "yj-join-work.h"

#include <gst/app/app.h>
#include <gst/gst.h>
#include <unistd.h>

#include "yj-answer.h"
#include "yj-fix-work.h"

#define LEAD (10 * GST_SECOND)          /* before the first frame: encoders count from below zero */
#define PIECE (16 << 20)                /* bytes that wait for the muxer before the next part is read */
#define MAX_PART (512 << 20)            /* bytes */
#define TICK (20 * GST_MSECOND)
#define PATIENCE (30 * G_USEC_PER_SEC)  /* without any byte read */

/* One stream of a part. */
typedef struct
{
  GPtrArray *buffers;           /* of GstBuffer, times from 0 on as shown */
  GstCaps   *caps;
  gint64     end;               /* ns, as shown */
} Stream;

typedef struct
{
  GMutex  lock;
  Stream  pictures;
  Stream  sound;
  gsize   bytes;
  gboolean outside;             /* something is not shown that others need */
  gint64  alive;
} Part;

typedef struct
{
  GstElement *pipeline;
  GstAppSrc  *video;
  GstAppSrc  *audio;            /* NULL: there is no sound */
  GstCaps    *video_caps;
  GstCaps    *audio_caps;
  gint64      video_dts;        /* of the last buffer, so that they only grow */
  gint64      audio_dts;
  gint64      offset;           /* where the next part begins */
} Film;

void
yj_join_load (void)
{
  static const char * const names[] = { "fdsrc", "qtdemux", "queue", "appsink", "appsrc", "mp4mux", "fdsink" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(GstElement) element = gst_element_factory_make (names[i], NULL);

      if (element == NULL)
        yj_answer_error (YJ_MEDIA_ERROR_ENCODER, "%s", names[i]);
      gst_object_ref_sink (element);
    }
}

/* ---- reading */

static GstFlowReturn
take_sample (Part      *part,
             Stream    *stream,
             GstSample *sample)
{
  GstBuffer *buffer = gst_buffer_copy (gst_sample_get_buffer (sample));
  const GstSegment *segment = gst_sample_get_segment (sample);
  gint64 base = segment->start, pts = (gint64) GST_BUFFER_PTS (buffer), duration = 0;

  if (GST_BUFFER_DURATION_IS_VALID (buffer))
    duration = (gint64) GST_BUFFER_DURATION (buffer);
  g_mutex_lock (&part->lock);
  part->alive = g_get_monotonic_time ();
  part->bytes += gst_buffer_get_size (buffer);
  if (stream->caps == NULL)
    stream->caps = gst_caps_ref (gst_sample_get_caps (sample));
  if (!GST_BUFFER_PTS_IS_VALID (buffer) || part->bytes > MAX_PART)
    part->outside = TRUE;
  else if (pts + duration / 2 < base)
    part->outside |= stream == &part->pictures;         /* sound before the beginning is only the encoder's run-up */
  else
    {
      /* what comes before zero is kept apart from what is not known by counting from LEAD */
      GST_BUFFER_PTS (buffer) = (guint64) (pts - base + (gint64) LEAD);
      if (GST_BUFFER_DTS_IS_VALID (buffer))
        GST_BUFFER_DTS (buffer) = (guint64) MAX ((gint64) GST_BUFFER_DTS (buffer) - base + (gint64) LEAD, 0);
      stream->end = MAX (stream->end, pts - base + duration);
      g_ptr_array_add (stream->buffers, gst_buffer_ref (buffer));
    }
  g_mutex_unlock (&part->lock);
  gst_buffer_unref (buffer);

  return part->outside ? GST_FLOW_EOS : GST_FLOW_OK;
}

static GstFlowReturn
pictures_cb (GstAppSink *sink,
             gpointer    user_data)
{
  g_autoptr(GstSample) sample = gst_app_sink_pull_sample (sink);
  Part *part = user_data;

  return sample != NULL ? take_sample (part, &part->pictures, sample) : GST_FLOW_EOS;
}

static GstFlowReturn
sound_cb (GstAppSink *sink,
          gpointer    user_data)
{
  g_autoptr(GstSample) sample = gst_app_sink_pull_sample (sink);
  Part *part = user_data;

  return sample != NULL ? take_sample (part, &part->sound, sample) : GST_FLOW_EOS;
}

static void
pad_added_cb (GstElement *demuxer,
              GstPad     *pad,
              gpointer    user_data)
{
  g_autoptr(GstCaps) caps = gst_pad_query_caps (pad, NULL);
  const char *name = gst_structure_get_name (gst_caps_get_structure (caps, 0));
  g_autoptr(GstElement) parent = GST_ELEMENT (gst_element_get_parent (demuxer));
  g_autoptr(GstPad) sink_pad = NULL;
  GstElement *sink;
  gboolean pictures = g_str_has_prefix (name, "video/");

  if (!pictures && !g_str_has_prefix (name, "audio/"))
    return;
  sink = g_object_new (GST_TYPE_APP_SINK, "sync", FALSE, "async", FALSE, "wait-on-eos", FALSE, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (sink), &(GstAppSinkCallbacks) { .new_sample = pictures ? pictures_cb : sound_cb },
                              user_data, NULL);
  gst_bin_add (GST_BIN (parent), sink);
  sink_pad = gst_element_get_static_pad (sink, "sink");
  gst_pad_link (pad, sink_pad);
  gst_element_sync_state_with_parent (sink);
}

static void G_GNUC_NORETURN
answer_message (GstMessage   *message,
                YjMediaError  code)
{
  g_autoptr(GError) error = NULL;

  gst_message_parse_error (message, &error, NULL);
  if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT))
    code = YJ_MEDIA_ERROR_FULL;
  yj_answer_error (code, "%s", error->message);
}

static void
read_part (Part *part,
           int   fd)
{
  GstElement *pipeline = gst_pipeline_new (NULL);
  GstElement *source = gst_element_factory_make ("fdsrc", NULL), *demuxer = gst_element_factory_make ("qtdemux", NULL);
  g_autoptr(GstBus) bus = gst_element_get_bus (pipeline);

  g_mutex_init (&part->lock);
  part->pictures.buffers = g_ptr_array_new_with_free_func ((GDestroyNotify) gst_buffer_unref);
  part->sound.buffers = g_ptr_array_new_with_free_func ((GDestroyNotify) gst_buffer_unref);
  part->alive = g_get_monotonic_time ();
  g_object_set (source, "fd", fd, NULL);
  g_signal_connect (demuxer, "pad-added", G_CALLBACK (pad_added_cb), part);
  gst_bin_add_many (GST_BIN (pipeline), source, demuxer, NULL);
  gst_element_link (source, demuxer);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  while (TRUE)
    {
      g_autoptr(GstMessage) message = gst_bus_timed_pop_filtered (bus, TICK, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
      gint64 alive;

      g_mutex_lock (&part->lock);
      alive = part->alive;
      g_mutex_unlock (&part->lock);
      if (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
        break;
      if (part->outside)
        yj_answer_error (YJ_MEDIA_ERROR_UNSUPPORTED, "Its pictures cannot be taken over as they are");
      if (message != NULL)
        answer_message (message, YJ_MEDIA_ERROR_DAMAGED);
      if (g_get_monotonic_time () - alive > PATIENCE)
        yj_answer_error (YJ_MEDIA_ERROR_LIMIT, "Reading a part took too long");
    }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  if (part->outside)
    yj_answer_error (YJ_MEDIA_ERROR_UNSUPPORTED, "Its pictures cannot be taken over as they are");
  if (part->pictures.buffers->len == 0)
    yj_answer_error (YJ_MEDIA_ERROR_UNSUPPORTED, "There are no pictures in it");
}

static void
clear_stream (Stream *stream)
{
  g_ptr_array_unref (stream->buffers);
  if (stream->caps != NULL)
    gst_caps_unref (stream->caps);
}

/* ---- writing */

static GstAppSrc *
get_source (Film       *film,
            const char *name,
            GstCaps    *caps)
{
  GstElement *source = gst_bin_get_by_name (GST_BIN (film->pipeline), name);

  g_object_set (source, "caps", caps, "format", GST_FORMAT_TIME, "block", FALSE, "max-bytes", (guint64) 0, NULL);

  return GST_APP_SRC (source);
}

static void
open_film (Film       *film,
           const Part *first)
{
  gboolean sound = first->sound.caps != NULL;
  g_autofree char *line = g_strdup_printf ("mp4mux name=out ! fdsink fd=%d sync=false appsrc name=video ! out.video_0 %s", YJ_FIX_OUTPUT,
                                           sound ? "appsrc name=audio ! out.audio_0" : "");
  g_autoptr(GError) error = NULL;

  film->pipeline = gst_parse_launch_full (line, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  if (film->pipeline == NULL)
    yj_answer_error (YJ_MEDIA_ERROR_ENCODER, "%s", error->message);
  film->video_caps = gst_caps_ref (first->pictures.caps);
  film->video = get_source (film, "video", film->video_caps);
  if (sound)
    {
      film->audio_caps = gst_caps_ref (first->sound.caps);
      film->audio = get_source (film, "audio", film->audio_caps);
    }
  gst_element_set_state (film->pipeline, GST_STATE_PLAYING);
}

static gboolean
same_set_up (GstCaps *a,
             GstCaps *b)
{
  static const char * const fields[] = { "codec_data", "width", "height", "rate", "channels" };

  if ((a == NULL) != (b == NULL))
    return FALSE;
  if (a == NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const GValue *one = gst_structure_get_value (gst_caps_get_structure (a, 0), fields[i]);
      const GValue *other = gst_structure_get_value (gst_caps_get_structure (b, 0), fields[i]);

      if ((one == NULL) != (other == NULL) || (one != NULL && gst_value_compare (one, other) != GST_VALUE_EQUAL))
        return FALSE;
    }
  return gst_structure_has_name (gst_caps_get_structure (a, 0), gst_structure_get_name (gst_caps_get_structure (b, 0)));
}

/* Pushes what begins before @end, of this part. */
static void
push_stream (Film      *film,
             GstAppSrc *source,
             Stream    *stream,
             gint64     end,
             gint64    *last_dts)
{
  for (guint i = 0; i < stream->buffers->len; i++)
    {
      GstBuffer *buffer = gst_buffer_copy (stream->buffers->pdata[i]);
      gint64 dts;

      if ((gint64) GST_BUFFER_PTS (buffer) - (gint64) LEAD >= end)
        {
          gst_buffer_unref (buffer);
          continue;
        }
      GST_BUFFER_PTS (buffer) += film->offset;
      dts = (gint64) (GST_BUFFER_DTS_IS_VALID (buffer) ? GST_BUFFER_DTS (buffer) + film->offset : GST_BUFFER_PTS (buffer));
      if (dts <= *last_dts)
        dts = *last_dts + 1;
      *last_dts = dts;
      GST_BUFFER_DTS (buffer) = (guint64) dts;
      if (i == 0)
        GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
      gst_app_src_push_buffer (source, buffer);
    }
}

static void
check_film (Film *film)
{
  g_autoptr(GstBus) bus = gst_element_get_bus (film->pipeline);
  g_autoptr(GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);

  if (message != NULL)
    answer_message (message, YJ_MEDIA_ERROR_FAILED);
}

/* The muxer keeps some of what it got until the other stream has come so far: it is not waited for that. */
static void
wait_for_muxer (Film *film)
{
  gint64 give_up = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;

  while (gst_app_src_get_current_level_bytes (film->video) > PIECE && g_get_monotonic_time () < give_up)
    {
      check_film (film);
      g_usleep (5000);
    }
  check_film (film);
}

static void
add_part (Film *film,
          int   fd)
{
  Part part = { 0 };

  read_part (&part, fd);
  if (film->pipeline == NULL)
    open_film (film, &part);
  if (!same_set_up (film->video_caps, part.pictures.caps) || !same_set_up (film->audio_caps, part.sound.caps))
    yj_answer_error (YJ_MEDIA_ERROR_UNSUPPORTED, "The parts are not encoded alike");
  push_stream (film, film->video, &part.pictures, G_MAXINT64, &film->video_dts);
  if (film->audio != NULL)
    push_stream (film, film->audio, &part.sound, part.pictures.end, &film->audio_dts);
  film->offset += part.pictures.end;
  wait_for_muxer (film);
  clear_stream (&part.pictures);
  clear_stream (&part.sound);
}

/**
 * yj_join_clips:
 * @n_parts: how many files there are: standard input, then the descriptors from YJ_JOIN_INPUTS on
 *
 * Writes the film to descriptor YJ_FIX_OUTPUT, and ends the process with an answer.
 */
void
yj_join_clips (guint n_parts)
{
  Film film = { .video_dts = -1, .audio_dts = -1 };
  g_autoptr(GstBus) bus = NULL;

  for (guint i = 0; i < n_parts; i++)
    {
      add_part (&film, i == 0 ? STDIN_FILENO : YJ_JOIN_INPUTS + (int) i - 1);
      yj_fix_say ((double) (i + 1) / (n_parts + 1));
    }
  gst_app_src_end_of_stream (film.video);
  if (film.audio != NULL)
    gst_app_src_end_of_stream (film.audio);
  bus = gst_element_get_bus (film.pipeline);
  while (TRUE)
    {
      g_autoptr(GstMessage) message = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

      if (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
        answer_message (message, YJ_MEDIA_ERROR_FAILED);
      if (message != NULL)
        break;
    }
  gst_element_set_state (film.pipeline, GST_STATE_NULL);
  yj_fix_done ();
}
