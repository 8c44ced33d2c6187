/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-probe.h"

G_BEGIN_DECLS

#define YJ_SNIFF_LENGTH 64      /* bytes that yj_sniff () wants to see */

typedef enum
{
  YJ_FORMAT_PNG,
  YJ_FORMAT_JPEG,
  YJ_FORMAT_TIFF,
  YJ_FORMAT_GIF,
  YJ_FORMAT_WEBP,
  YJ_FORMAT_BMP,
  YJ_FORMAT_HEIC,
  YJ_FORMAT_AVIF,
  YJ_FORMAT_MP4,                /* and M4A, MOV */
  YJ_FORMAT_MATROSKA,           /* and WebM */
  YJ_FORMAT_OGG,
  YJ_FORMAT_WAV,
  YJ_FORMAT_FLAC,
  YJ_FORMAT_MP3,
} YjFormat;

/* A format we take. A container without pictures in it is sound: then the second pair holds. */
typedef struct
{
  YjFormat         format;
  YjMediaInfoKind  kind;
  const char      *name;
  const char      *content_type;
  const char      *extension;
  const char      *audio_content_type;
  const char      *audio_extension;
} YjSniff;

const YjSniff *yj_sniff (const guint8 *head,
                         gsize         length);

G_END_DECLS
