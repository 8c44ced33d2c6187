/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Writes a clip or sound anew as a plan has it. Two pipelines: YjClip's, which takes the file apart and decodes, and one
 * that encodes. Every decoded buffer goes through our hands in between, where it is cut to the wanted time and size;
 * so nothing depends on how demultiplexers and encoders take a seek.
 */

#include <gst/audio/audio.h>
#include <gst/pbutils/pbutils.h>
#include <gst/video/video.h>
#include <unistd.h>

#include "yj-answer.h"
#include "yj-clip-private.h"
#include "yj-fix-encoders.h"
#include "yj-fix-work.h"

#define TICK (100 * GST_MSECOND)
#define FALLBACK_RATE 30        /* frames per second, of a clip that has no steady rate */
#define MAX_RATE 240
#define DECODED 4               /* buffers that may wait between the pipelines */

typedef struct
{
  const YjFixPlan   *plan;
  YjClip            *clip;
  GstElement        *pipeline;  /* that encodes */
  GstAppSrc         *video;     /* NULL: none is wanted, or there is none */
  GstAppSrc         *audio;
  GstVideoInfo       in;
  GstVideoInfo       out;
  GstVideoConverter *converter;
  GstAudioInfo       sound;
  guint              orientation;
  int                rate_n, rate_d;
  GstBuffer         *frame;     /* the newest one, not yet pushed as often as it is to be */
  guint64            n_frames;  /* that were pushed */
  gint64             end;       /* ns in the source; G_MAXINT64: its end */
  gint64             total;     /* ns of the result, as far as known */
  gint64             heard;     /* ns of the result that have sound */
  gint64             reached;   /* ns of the result, atomic */
  gboolean         silent;      /* its sound is only made up */
} Work;

/* ---- pictures */

/* From the upright picture to the one that is stored, of @width × @height. */
static GdkRectangle
turn (const GdkRectangle *upright,
      guint               orientation,
      int                 width,
      int                 height)
{
  GdkRectangle r = *upright;
  gboolean sideways = orientation >= 5;
  gboolean flip_x = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  gboolean flip_y = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;

  if (sideways)
    r = (GdkRectangle) { upright->y, upright->x, upright->height, upright->width };
  if (flip_x)
    r.x = width - r.x - r.width;
  if (flip_y)
    r.y = height - r.y - r.height;
  return r;
}

static void
make_converter (Work               *work,
                const GdkRectangle *crop,
                const GdkRectangle *place)
{
  GstStructure *options;

  options = gst_structure_new ("options",
                               GST_VIDEO_CONVERTER_OPT_SRC_X, G_TYPE_INT, crop->x,
                               GST_VIDEO_CONVERTER_OPT_SRC_Y, G_TYPE_INT, crop->y,
                               GST_VIDEO_CONVERTER_OPT_SRC_WIDTH, G_TYPE_INT, crop->width,
                               GST_VIDEO_CONVERTER_OPT_SRC_HEIGHT, G_TYPE_INT, crop->height,
                               GST_VIDEO_CONVERTER_OPT_DEST_X, G_TYPE_INT, place->x,
                               GST_VIDEO_CONVERTER_OPT_DEST_Y, G_TYPE_INT, place->y,
                               GST_VIDEO_CONVERTER_OPT_DEST_WIDTH, G_TYPE_INT, place->width,
                               GST_VIDEO_CONVERTER_OPT_DEST_HEIGHT, G_TYPE_INT, place->height,
                               GST_VIDEO_CONVERTER_OPT_FILL_BORDER, G_TYPE_BOOLEAN, TRUE,
                               GST_VIDEO_CONVERTER_OPT_BORDER_ARGB, G_TYPE_UINT, 0xff000000 | work->plan->background,
                               GST_VIDEO_CONVERTER_OPT_THREADS, G_TYPE_UINT, g_get_num_processors (),
                               NULL);
  work->converter = gst_video_converter_new (&work->in, &work->out, options);
  if (work->converter == NULL)
    yj_answer_error (YJ_MEDIA_ERROR_UNSUPPORTED, "Its frames cannot be converted");
}

/* Sizes, colours and rate of what goes to the encoder, from the first frame. */
static void
set_up_pictures (Work          *work,
                 const GstCaps *caps)
{
  const YjFixPlan *plan = work->plan;
  GdkRectangle crop = plan->crop, place = plan->place;
  GstVideoInterlaceMode interlace;
  int shown_width, shown_height, width, height;

  if (!gst_video_info_from_caps (&work->in, caps))
    yj_answer_error (YJ_MEDIA_ERROR_DAMAGED, "Its frames are of no known kind");
  work->orientation = yj_clip_get_orientation (work->clip);
  shown_width = work->orientation >= 5 ? work->in.height : work->in.width;
  shown_height = work->orientation >= 5 ? work->in.width : work->in.height;
  if (plan->width == 0)
    crop = place = (GdkRectangle) { 0, 0, shown_width & ~1, shown_height & ~1 };
  if (crop.width > shown_width - crop.x || crop.height > shown_height - crop.y || place.width < 2 || place.height < 2)
    yj_answer_error (YJ_MEDIA_ERROR_DAMAGED, "The clip is %d × %d pixels, which is not what was planned for",
                     shown_width, shown_height);

  width = plan->width > 0 ? plan->width & ~1 : place.width;
  height = plan->width > 0 ? plan->height & ~1 : place.height;
  if (work->orientation >= 5)
    {
      int swapped = width;

      width = height;
      height = swapped;
    }
  interlace = GST_VIDEO_INFO_INTERLACE_MODE (&work->in);
  gst_video_info_set_interlaced_format (&work->out, GST_VIDEO_FORMAT_I420, interlace, width, height);
  if (GST_VIDEO_INFO_IS_YUV (&work->in) && !plan->common)
    work->out.colorimetry = work->in.colorimetry;
  else
    gst_video_colorimetry_from_string (&work->out.colorimetry, GST_VIDEO_COLORIMETRY_BT709);
  work->out.colorimetry.range = GST_VIDEO_COLOR_RANGE_16_235;
  work->out.par_n = plan->common ? 1 : work->in.par_n;
  work->out.par_d = plan->common ? 1 : work->in.par_d;
  work->rate_n = work->in.fps_n;
  work->rate_d = work->in.fps_d;
  if (plan->frame_rate > 0)
    gst_util_double_to_fraction (plan->frame_rate, &work->rate_n, &work->rate_d);
  else if (work->rate_n <= 0 || work->rate_d <= 0 || work->rate_n / work->rate_d > MAX_RATE)
    {
      work->rate_n = FALLBACK_RATE;
      work->rate_d = 1;
    }
  work->out.fps_n = work->in.fps_n;
  work->out.fps_d = work->in.fps_d;
  crop = turn (&crop, work->orientation, work->in.width, work->in.height);
  place = turn (&place, work->orientation, width, height);
  make_converter (work, &crop, &place);
}

static GstBuffer *
convert_frame (Work      *work,
               GstSample *sample)
{
  GstVideoInfo info;
  GstVideoFrame from, to;
  GstBuffer *buffer;

  if (!gst_video_info_from_caps (&info, gst_sample_get_caps (sample)) || info.width != work->in.width ||
      info.height != work->in.height || info.finfo != work->in.finfo)
    yj_answer_error (YJ_MEDIA_ERROR_UNSUPPORTED, "Its frames change their size");
  buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&work->out), NULL);
  if (buffer == NULL || !gst_video_frame_map (&from, &work->in, gst_sample_get_buffer (sample), GST_MAP_READ) ||
      !gst_video_frame_map (&to, &work->out, buffer, GST_MAP_WRITE))
    yj_answer_error (YJ_MEDIA_ERROR_LIMIT, "Not enough memory for a frame");
  gst_video_converter_frame (work->converter, &from, &to);
  gst_video_frame_unmap (&to);
  gst_video_frame_unmap (&from);
  return buffer;
}

/* Where in the source a buffer belongs, as people count; FALSE when it is not shown at all. */
static gboolean
get_time (GstSample *sample,
          gint64     usual,
          gint64    *position,
          gint64    *duration)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  guint64 time = GST_CLOCK_TIME_NONE;

  if (GST_BUFFER_PTS_IS_VALID (buffer))
    time = gst_segment_to_stream_time (gst_sample_get_segment (sample), GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  *position = (gint64) time;
  *duration = GST_BUFFER_DURATION_IS_VALID (buffer) ? (gint64) GST_BUFFER_DURATION (buffer) : usual;
  return GST_CLOCK_TIME_IS_VALID (time);
}

/* Pushes the newest frame for every tick of the new rate at which it is the one that is shown, up to @until in the
   result. Containers round times, so a quarter of a tick does not matter. */
static GstFlowReturn
push_frames (Work   *work,
             gint64  until)
{
  gint64 tick = gst_util_uint64_scale (GST_SECOND, work->rate_d, work->rate_n);
  GstFlowReturn flow = GST_FLOW_OK;

  while (work->frame != NULL && flow == GST_FLOW_OK)
    {
      gint64 time = gst_util_uint64_scale (work->n_frames * GST_SECOND, work->rate_d, work->rate_n);
      GstBuffer *buffer;

      if (time >= until - tick / 4)
        break;
      buffer = gst_buffer_copy (work->frame);
      GST_BUFFER_PTS (buffer) = time;
      GST_BUFFER_DURATION (buffer) = tick;
      work->n_frames++;
      __atomic_store_n (&work->reached, time, __ATOMIC_RELAXED);
      flow = gst_app_src_push_buffer (work->video, buffer);
    }
  return flow;
}

static void push_silence (Work   *work,
                          gint64  from,
                          gint64  length);

static void
end_pictures (Work *work)
{
  gint64 end = work->frame != NULL ? (gint64) (GST_BUFFER_PTS (work->frame) + GST_BUFFER_DURATION (work->frame)) : 0;

  /* The last one's duration is at times made up */
  push_frames (work, work->total > 0 ? MIN (end, work->total) : end);
  gst_app_src_end_of_stream (work->video);
  if (work->silent)
    {
      push_silence (work, 0, work->total > 0 ? MIN (end, work->total) : end);
      gst_app_src_end_of_stream (work->audio);
    }
}

static GstFlowReturn
frame_cb (GstAppSink *sink,
          gpointer    user_data)
{
  Work *work = user_data;
  g_autoptr(GstSample) sample = gst_app_sink_pull_sample (sink);
  gint64 usual = work->in.fps_n > 0 ? gst_util_uint64_scale (GST_SECOND, work->in.fps_d, work->in.fps_n) : 40 * GST_MSECOND;
  gint64 position, duration, shown;
  GstFlowReturn flow;

  if (sample == NULL)
    return GST_FLOW_EOS;
  if (!get_time (sample, usual, &position, &duration) || position + duration <= work->plan->start)
    return GST_FLOW_OK;
  if (position >= work->end)
    {
      end_pictures (work);
      return GST_FLOW_EOS;
    }
  shown = MAX (position - work->plan->start, 0);
  flow = push_frames (work, shown);
  gst_clear_buffer (&work->frame);
  work->frame = convert_frame (work, sample);
  GST_BUFFER_PTS (work->frame) = shown;
  GST_BUFFER_DURATION (work->frame) = MIN (position + duration, work->end) - MAX (position, work->plan->start);
  return flow;
}

static void
frames_end_cb (GstAppSink *sink,
               gpointer    user_data)
{
  end_pictures (user_data);
}

/* ---- sound */

static void
push_silence (Work   *work,
              gint64  from,
              gint64  length)
{
  const gsize piece = work->sound.rate / 10;
  gint64 samples = gst_util_uint64_scale (length, work->sound.rate, GST_SECOND);

  for (gint64 at = 0; at < samples; at += piece)
    {
      gsize n = MIN ((gint64) piece, samples - at);
      GstBuffer *buffer = gst_buffer_new_allocate (NULL, n * work->sound.bpf, NULL);
      GstMapInfo map;

      gst_buffer_map (buffer, &map, GST_MAP_WRITE);
      gst_audio_format_info_fill_silence (work->sound.finfo, map.data, map.size);
      gst_buffer_unmap (buffer, &map);
      GST_BUFFER_PTS (buffer) = from + gst_util_uint64_scale (at, GST_SECOND, work->sound.rate);
      GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (n, GST_SECOND, work->sound.rate);
      gst_app_src_push_buffer (work->audio, buffer);
    }
}

/* What a sound lacks to the wanted length. */
static void
end_sound (Work *work)
{
  gint64 missing = work->plan->length - work->heard;

  if (work->video == NULL && missing > 0)
    push_silence (work, work->heard, missing);
  gst_app_src_end_of_stream (work->audio);
}

static GstFlowReturn
sound_cb (GstAppSink *sink,
          gpointer    user_data)
{
  Work *work = user_data;
  g_autoptr(GstSample) sample = gst_app_sink_pull_sample (sink);
  gint64 position, duration;
  GstSegment segment;
  GstBuffer *buffer;

  if (sample == NULL)
    return GST_FLOW_EOS;
  if (!get_time (sample, 0, &position, &duration))
    return GST_FLOW_OK;
  if (position >= work->end)
    {
      end_sound (work);
      return GST_FLOW_EOS;
    }
  gst_segment_init (&segment, GST_FORMAT_TIME);
  segment.start = segment.time = work->plan->start;
  if (work->end < G_MAXINT64)
    segment.stop = work->end;
  buffer = gst_buffer_copy (gst_sample_get_buffer (sample));
  GST_BUFFER_PTS (buffer) = position;
  buffer = gst_audio_buffer_clip (buffer, &segment, work->sound.rate, work->sound.bpf);
  if (buffer == NULL)
    return GST_FLOW_OK;
  GST_BUFFER_PTS (buffer) -= work->plan->start;
  work->heard = GST_BUFFER_PTS (buffer) + gst_util_uint64_scale (gst_buffer_get_size (buffer) / work->sound.bpf, GST_SECOND,
                                                                 work->sound.rate);
  if (work->video == NULL)
    __atomic_store_n (&work->reached, (gint64) GST_BUFFER_PTS (buffer), __ATOMIC_RELAXED);
  return gst_app_src_push_buffer (work->audio, buffer);
}

static void
sound_ends_cb (GstAppSink *sink,
               gpointer    user_data)
{
  end_sound (user_data);
}

static void
set_up_sound (Work          *work,
              const GstCaps *caps)
{
  if (!gst_audio_info_from_caps (&work->sound, caps) || work->sound.rate <= 0 || work->sound.bpf <= 0)
    yj_answer_error (YJ_MEDIA_ERROR_DAMAGED, "Its sound is of no known kind");
}

/* ---- both */
static GstAppSrc *
get_source (Work       *work,
            const char *name,
            GstCaps    *caps)
{
  GstElement *source = gst_bin_get_by_name (GST_BIN (work->pipeline), name);

  g_object_set (source, "caps", caps, "format", GST_FORMAT_TIME, "block", TRUE, "max-buffers", (guint64) DECODED,
                "max-bytes", (guint64) 0, "max-time", (guint64) 0, NULL);
  return GST_APP_SRC (source);
}

static void
connect_sink (Work                  *work,
              GstAppSink            *sink,
              GstAppSinkCallbacks   *callbacks)
{
  gst_app_sink_set_callbacks (sink, callbacks, work, NULL);
  g_object_set (sink, "drop", FALSE, "max-buffers", DECODED, "wait-on-eos", FALSE, NULL);
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

/* Until the new file is complete. The old one may break off behind the part that is wanted. */
static void G_GNUC_NORETURN
wait_for_end (Work *work)
{
  g_autoptr(GstBus) out = gst_element_get_bus (work->pipeline), in = gst_element_get_bus (work->clip->pipeline);
  int said = -1;

  while (TRUE)
    {
      g_autoptr(GstMessage) message = gst_bus_timed_pop_filtered (out, TICK, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
      g_autoptr(GstMessage) broken = gst_bus_pop_filtered (in, GST_MESSAGE_ERROR);
      gint64 reached = __atomic_load_n (&work->reached, __ATOMIC_RELAXED);
      int now = work->total > 0 ? (int) CLAMP (reached * 1000 / work->total, 0, 1000) : 0;

      if (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
        yj_fix_done ();
      if (message != NULL)
        answer_message (message, YJ_MEDIA_ERROR_FAILED);
      if (broken != NULL)
        answer_message (broken, YJ_MEDIA_ERROR_DAMAGED);
      if (now > said)
        yj_fix_say (now / 1000.0);
      said = MAX (now, said);
    }
}

static GstCaps *
get_caps (GstAppSink *sink)
{
  g_autoptr(GstPad) pad = sink != NULL ? gst_element_get_static_pad (GST_ELEMENT (sink), "sink") : NULL;

  return pad != NULL ? gst_pad_get_current_caps (pad) : NULL;
}

static gint64
get_total (Work *work)
{
  gint64 duration = 0;

  if (!gst_element_query_duration (work->clip->pipeline, GST_FORMAT_TIME, &duration) || duration <= 0)
    duration = 0;
  if (work->plan->length > 0)
    return work->plan->length;
  return MAX (duration - work->plan->start, 0);
}

/**
 * yj_fix_clip:
 * @sniff: the format of the file
 * @seconds: after which opening it is given up
 * @plan: what to make of it
 */
void
yj_fix_clip (const YjSniff   *sniff,
             guint            seconds,
             const YjFixPlan *plan)
{
  gboolean wants_pictures = g_str_equal (plan->content_type, "video/mp4");
  Work work = { .plan = plan, .clip = yj_clip_open (sniff, TRUE, seconds) };
  GstAppSink *frames = wants_pictures ? work.clip->video : NULL, *sounds = work.clip->audio;
  g_autoptr(GstCaps) frame_caps = get_caps (frames), sound_caps = get_caps (sounds), out_caps = NULL;
  YjFixEncoding encoding = { .content_type = plan->content_type, .max_bytes = plan->max_bytes };

  if (wants_pictures ? frame_caps == NULL : sound_caps == NULL)
    yj_answer_error (YJ_MEDIA_ERROR_UNSUPPORTED, wants_pictures ? "There are no pictures in it" : "There is no sound in it");
  work.end = plan->length > 0 ? plan->start + plan->length : G_MAXINT64;
  work.total = get_total (&work);
  encoding.length = work.total;
  if (frame_caps != NULL)
    {
      set_up_pictures (&work, frame_caps);
      encoding.rate_n = work.rate_n;
      encoding.rate_d = work.rate_d;
      encoding.orientation = work.orientation;
      out_caps = gst_video_info_to_caps (&work.out);
      gst_caps_set_simple (out_caps, "framerate", GST_TYPE_FRACTION, work.rate_n, work.rate_d, NULL);
    }
  if (sound_caps != NULL)
    {
      set_up_sound (&work, sound_caps);
      encoding.sound_rate = work.sound.rate;
      encoding.channels = work.sound.channels;
    }
  else if (plan->sound_rate > 0)
    {
      work.silent = TRUE;
      gst_audio_info_set_format (&work.sound, GST_AUDIO_FORMAT_S16LE, 48000, 1, NULL);
      sound_caps = gst_audio_info_to_caps (&work.sound);
      encoding.sound_rate = work.sound.rate;
    }
  if (plan->sound_rate > 0)
    {
      encoding.sound_rate = plan->sound_rate;
      encoding.channels = plan->channels;
    }
  work.pipeline = yj_fix_encoders_open (&encoding);
  if (frame_caps != NULL)
    work.video = get_source (&work, "video", out_caps);
  if (sound_caps != NULL)
    work.audio = get_source (&work, "audio", sound_caps);

  /* Where one cannot seek, what comes before is passed over */
  if (plan->start > 0)
    yj_clip_seek (work.clip, plan->start);
  if (work.video != NULL)
    connect_sink (&work, frames, &(GstAppSinkCallbacks) { .eos = frames_end_cb, .new_sample = frame_cb });
  if (work.audio != NULL && !work.silent)
    connect_sink (&work, sounds, &(GstAppSinkCallbacks) { .eos = sound_ends_cb, .new_sample = sound_cb });
  gst_element_set_state (work.pipeline, GST_STATE_PLAYING);
  gst_element_set_state (work.clip->pipeline, GST_STATE_PLAYING);
  wait_for_end (&work);
}

/* Says how far the work is: the line that yj-helper.c takes for a sign of life. */
void
yj_fix_say (double fraction)
{
  char line[16];
  int length = g_snprintf (line, sizeof line, "%%%d\n", (int) (CLAMP (fraction, 0, 1) * 1000));

  if (write (STDOUT_FILENO, line, length) < 0)
    _exit (1);
}

void
yj_fix_done (void)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_end_object (builder);
  yj_answer (builder, NULL, 0);
}
