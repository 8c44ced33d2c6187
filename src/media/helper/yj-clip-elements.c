/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Which elements of GStreamer may take part in looking into a file: for each format one demultiplexer and
 * the software decoders of what is usually in it. All others lose their rank; these are loaded before the jail closes.
 */

#include "yj-clip.h"

#include <gst/pbutils/pbutils.h>

static const char * const plumbing[] = {
  "fdsrc", "typefind", "decodebin", "multiqueue", "queue", "capsfilter", "identity", "fakesink", "appsink", NULL,
};
static const char * const pictures[] = {
  "h264parse", "h265parse", "av1parse", "vp9parse", "mpeg4videoparse", "jpegparse",
  "avdec_h264", "openh264dec", "avdec_h265", "libde265dec", "av1dec", "dav1ddec", "vp8dec", "vp9dec",
  "vp8alphadecodebin", "vp9alphadecodebin", "codecalphademux", "alphacombine",
  "avdec_vp8", "avdec_vp9", "avdec_mpeg4", "avdec_prores", "avdec_mjpeg", "jpegdec", NULL,
};
static const char * const sounds[] = {
  "aacparse", "mpegaudioparse", "opusparse", "flacparse", "avdec_aac", "faad", "fdkaacdec", "mpg123audiodec", "avdec_mp3",
  "avdec_alac", "opusdec", "avdec_opus", "vorbisdec", "vorbisparse", "flacdec", "avdec_flac", NULL,
};
static const char * const iso[] = { "qtdemux", NULL };
static const char * const matroska[] = { "matroskademux", NULL };
static const char * const ogg[] = { "oggdemux", "theoradec", "theoraparse", NULL };
static const char * const wav[] = { "wavparse", NULL };
static const char * const tagged[] = { "id3demux", "apedemux", NULL };
static const char * const gif[] = { "avdemux_gif", "avdec_gif", NULL };
static const char * const webp[] = { "webpdec", "avdec_webp", NULL };
static const char * const bmp[] = { "avdec_bmp", NULL };

static void
add_names (GHashTable         *names,
           const char * const *list)
{
  for (; *list != NULL; list++)
    g_hash_table_add (names, (gpointer) *list);
}

static GHashTable *
get_names (YjFormat format)
{
  GHashTable *names = g_hash_table_new (g_str_hash, g_str_equal);

  add_names (names, plumbing);
  switch (format)
    {
    case YJ_FORMAT_MP4:
    case YJ_FORMAT_MATROSKA:
      add_names (names, format == YJ_FORMAT_MP4 ? iso : matroska);
      add_names (names, pictures);
      add_names (names, sounds);
      break;
    case YJ_FORMAT_OGG:
      add_names (names, ogg);
      add_names (names, sounds);
      break;
    case YJ_FORMAT_WAV:
      add_names (names, wav);
      add_names (names, sounds);
      break;
    case YJ_FORMAT_FLAC:
    case YJ_FORMAT_MP3:
      add_names (names, tagged);
      add_names (names, sounds);
      break;
    case YJ_FORMAT_GIF:
      add_names (names, gif);
      break;
    case YJ_FORMAT_WEBP:
      add_names (names, webp);
      break;
    case YJ_FORMAT_BMP:
      add_names (names, bmp);
      break;
    case YJ_FORMAT_PNG:
    case YJ_FORMAT_JPEG:
    case YJ_FORMAT_TIFF:
    case YJ_FORMAT_HEIC:
    case YJ_FORMAT_AVIF:
      break;
    }
  return names;
}

/**
 * yj_clip_get_demuxer:
 * @format: a format
 *
 * Returns: (nullable): the element that takes it apart, %NULL for one that is a single stream
 */
const char *
yj_clip_get_demuxer (YjFormat format)
{
  switch ((int) format)
    {
    case YJ_FORMAT_MP4:
      return iso[0];
    case YJ_FORMAT_MATROSKA:
      return matroska[0];
    case YJ_FORMAT_OGG:
      return ogg[0];
    default:
      return NULL;
    }
}

/* Loads the plugin and makes one, so that also what the class loads at first use is there. */
static void
load (GstPluginFeature *feature)
{
  g_autoptr(GstPluginFeature) loaded = gst_plugin_feature_load (feature);
  g_autoptr(GstElement) element = NULL;

  if (loaded != NULL)
    element = gst_element_factory_create (GST_ELEMENT_FACTORY (loaded), NULL);
  if (element != NULL)
    gst_object_ref_sink (element);
}

/**
 * yj_clip_prepare:
 * @sniff: the format to come
 *
 * Starts GStreamer, loads what may be needed, and takes every other element out of consideration.
 */
void
yj_clip_prepare (const YjSniff *sniff)
{
  g_autoptr(GHashTable) names = get_names (sniff->format);
  g_autoptr(GstPlugin) type_finders = NULL;
  GList *features;

  gst_init (NULL, NULL);
  gst_pb_utils_init ();
  type_finders = gst_plugin_load_by_name ("typefindfunctions");
  features = gst_registry_get_feature_list (gst_registry_get (), GST_TYPE_ELEMENT_FACTORY);
  for (GList *l = features; l != NULL; l = l->next)
    {
      if (!g_hash_table_contains (names, gst_plugin_feature_get_name (l->data)))
        gst_plugin_feature_set_rank (l->data, GST_RANK_NONE);
      else
        load (l->data);
    }
  gst_plugin_feature_list_free (features);
}
