/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pipeline that writes: from the sources "video" and "audio" into the new file. */

#include "yj-fix-encoders.h"

#include "yj-answer.h"
#include "yj-fix-work.h"

#define QUEUED (512 << 20)      /* bytes of encoded frames that may wait for their sound */
#define AAC_BITRATE 160000
#define MIN_VIDEO_BITRATE 300   /* kbit/s */
#define MAX_VIDEO_BITRATE 40000

static const char * const shared[] = { "appsrc", "appsink", "capsfilter", "queue", "fdsink", NULL };
static const char * const for_sound[] = { "audioconvert", "audioresample", NULL };
static const char * const h264[] = { "x264enc", "openh264enc", NULL };
static const char * const aac[] = { "fdkaacenc", "avenc_aac", "voaacenc", NULL };
static const char * const for_clips[] = { "videoflip", "h264parse", "aacparse", "mp4mux", NULL };
static const char * const for_mp3[] = { "lamemp3enc", "mpegaudioparse", NULL };
static const char * const for_wav[] = { "wavenc", NULL };
static const char * const for_jpeg[] = { "jpegenc", NULL };

/* The plugin, and what its class loads at first use. */
static void
load (const char * const *names)
{
  for (; *names != NULL; names++)
    {
      g_autoptr(GstElement) element = gst_element_factory_make (*names, NULL);

      if (element != NULL)
        gst_object_ref_sink (element);
    }
}

/**
 * yj_fix_encoders_load:
 * @content_type: of what is to be written
 *
 * Loads what may be needed, before the jail closes.
 */
void
yj_fix_encoders_load (const char *content_type)
{
  gst_init (NULL, NULL);
  load (shared);
  if (g_str_equal (content_type, "image/jpeg"))
    load (for_jpeg);
  if (g_str_has_prefix (content_type, "image/"))
    return;
  load (for_sound);
  if (g_str_equal (content_type, "video/mp4"))
    {
      load (for_clips);
      load (h264);
      load (aac);
    }
  else
    load (g_str_equal (content_type, "audio/wav") ? for_wav : for_mp3);
}

static const char *
choose (const char * const *names,
        const char         *what)
{
  for (; *names != NULL; names++)
    {
      g_autoptr(GstElement) element = gst_element_factory_make (*names, NULL);

      if (element == NULL)
        continue;
      gst_object_ref_sink (element);
      return *names;
    }
  yj_answer_error (YJ_MEDIA_ERROR_ENCODER, "%s", what);
}

/* kbit/s that the pictures may take at most. */
static guint
get_video_bitrate (const YjFixEncoding *encoding)
{
  double most = MAX_VIDEO_BITRATE;

  if (encoding->max_bytes > 0 && encoding->length > 0)
    most = (double) encoding->max_bytes * 8 * 0.92 / ((double) encoding->length / 1e9) / 1000 - AAC_BITRATE / 1000.0;
  return (guint) CLAMP (most, MIN_VIDEO_BITRATE, MAX_VIDEO_BITRATE);
}

/* In constant quality as long as that stays below the bitrate. No h264parse behind x264: it takes every frame without
   references for one to begin at, where those that follow may still need what comes before. */
static void
append_pictures (GString             *line,
                 const YjFixEncoding *encoding)
{
  static const char * const turns[] = { NULL, NULL, "horiz", "180", "vert", "ul-lr", "90r", "ur-ll", "90l" };
  const char *encoder = choose (h264, "H.264");
  guint bitrate = get_video_bitrate (encoding);
  guint two_seconds = MAX (encoding->rate_n * 2 / encoding->rate_d, 2);

  g_string_append (line, " appsrc name=video !");
  if (encoding->orientation >= 2 && encoding->orientation <= 8)
    g_string_append_printf (line, " videoflip video-direction=%s !", turns[encoding->orientation]);
  if (g_str_equal (encoder, "x264enc"))
    g_string_append_printf (line, " x264enc speed-preset=veryfast pass=qual quantizer=19 bitrate=%u vbv-buf-capacity=1000 "
                            "key-int-max=%u ! video/x-h264,profile=high,stream-format=avc !", bitrate, two_seconds);
  else
    g_string_append_printf (line, " openh264enc bitrate=%u gop-size=%u ! h264parse !", MIN (bitrate, 12000) * 1000, two_seconds);
  g_string_append_printf (line, " queue max-size-buffers=0 max-size-time=0 max-size-bytes=%d ! out.", QUEUED);
}

static int
get_mp3_bitrate (const YjFixEncoding *encoding)
{
  static const int rates[] = { 192, 160, 128, 96, 64 };         /* kbit/s */

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    if (encoding->max_bytes == 0 || encoding->length == 0 ||
        (double) encoding->length / 1e9 * rates[i] * 125 * 1.02 < (double) encoding->max_bytes)
      return rates[i];
  return rates[G_N_ELEMENTS (rates) - 1];
}

static void
append_sound (GString             *line,
              const YjFixEncoding *encoding)
{
  gboolean wav = g_str_equal (encoding->content_type, "audio/wav");
  int rate = encoding->sound_rate == 44100 ? 44100 : 48000;

  g_string_append_printf (line, " appsrc name=audio ! audioconvert ! audioresample ! audio/x-raw,%srate=%d,channels=%d !",
                          wav ? "format=S16LE," : "", rate, encoding->channels == 1 ? 1 : 2);
  if (wav)
    g_string_append (line, " out.");
  else if (g_str_equal (encoding->content_type, "audio/mpeg"))
    g_string_append_printf (line, " %s target=bitrate cbr=true bitrate=%d ! out.", choose (for_mp3, "MP3"), get_mp3_bitrate (encoding));
  else
    g_string_append_printf (line, " %s bitrate=%d ! aacparse ! queue max-size-buffers=0 max-size-time=0 max-size-bytes=%d ! out.",
                            choose (aac, "AAC"), AAC_BITRATE, QUEUED);
}

/**
 * yj_fix_encoders_open:
 * @encoding: what is to be written
 *
 * Ends the process with an answer when an encoder is missing.
 *
 * Returns: (transfer full): a pipeline with the sources "video" and "audio", as far as there are pictures and sound
 */
GstElement *
yj_fix_encoders_open (const YjFixEncoding *encoding)
{
  static const struct { const char *type, *out; } outs[] = {
    { "video/mp4", "mp4mux name=out" }, { "audio/mpeg", "mpegaudioparse name=out" }, { "audio/wav", "wavenc name=out" },
  };
  g_autoptr(GString) line = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  GstElement *pipeline;

  for (guint i = 0; i < G_N_ELEMENTS (outs); i++)
    if (g_str_equal (encoding->content_type, outs[i].type))
      g_string_append_printf (line, "%s ! fdsink fd=%d sync=false", outs[i].out, YJ_FIX_OUTPUT);
  if (line->len == 0)
    yj_answer_error (YJ_MEDIA_ERROR_UNSUPPORTED, "A clip or sound is not written as %s", encoding->content_type);
  if (encoding->rate_n > 0)
    append_pictures (line, encoding);
  if (encoding->sound_rate > 0)
    append_sound (line, encoding);
  pipeline = gst_parse_launch_full (line->str, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  if (pipeline == NULL)
    yj_answer_error (YJ_MEDIA_ERROR_ENCODER, "%s", error->message);
  return pipeline;
}
