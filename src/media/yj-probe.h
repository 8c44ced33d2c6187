/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define YJ_MEDIA_ERROR (yj_media_error_quark ())
GQuark yj_media_error_quark (void);
typedef enum
{
  YJ_MEDIA_ERROR_NOT_A_FILE,    /* folder, device, FIFO, socket */
  YJ_MEDIA_ERROR_EMPTY,         /* 0 bytes */
  YJ_MEDIA_ERROR_UNSUPPORTED,   /* no kind of picture, clip or sound we take */
  YJ_MEDIA_ERROR_DAMAGED,       /* says it is one but cannot be read */
  YJ_MEDIA_ERROR_CODEC,         /* a decoder is missing; the message names it */
  YJ_MEDIA_ERROR_LIMIT,         /* too many pixels, took too long */
  YJ_MEDIA_ERROR_ENCODER,       /* an encoder is missing; the message names it */
  YJ_MEDIA_ERROR_FULL,          /* no space for the new file */
  YJ_MEDIA_ERROR_GONE,          /* there is no such file any more; only from what plays */
  YJ_MEDIA_ERROR_FAILED,
} YjMediaError;

typedef enum
{
  YJ_MEDIA_INFO_UNKNOWN,        /* same order and values as the catalogue's YjMediaKind */
  YJ_MEDIA_INFO_IMAGE,
  YJ_MEDIA_INFO_VIDEO,
  YJ_MEDIA_INFO_AUDIO,
} YjMediaInfoKind;

/* What is known of a file after looking into it: by content, never by its name. */
typedef struct
{
  YjMediaInfoKind  kind;
  char            *content_type;  /* sniffed: "image/jpeg", "video/mp4" */
  char            *extension;     /* right ending for it: "jpg", "mp4" */
  gint64           size;          /* bytes */
  int              width;         /* px, as shown (after rotation) */
  int              height;
  gint64           duration;      /* ns, 0 for pictures */
  double           frame_rate;    /* 0 when unknown */
  gboolean         has_audio;
  gboolean         has_alpha;
  char            *video_codec;   /* "H.264", or NULL */
  char            *audio_codec;
  char            *video_profile; /* as the stream says: "high", or NULL */
  int              sound_rate;    /* Hz, 0 when unknown */
  int              channels;
  char            *stream_key;    /* the same for clips whose streams can follow each other in one file; NULL: cannot */
} YjMediaInfo;

void yj_media_info_free (YjMediaInfo *info);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjMediaInfo, yj_media_info_free)

/* Looks into a foreign file in the helper process. */
void         yj_probe_async  (GFile                *file,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data);
/* Only what the first bytes say: kind, content type, size. */
void         yj_probe_sniff_async (GFile           *file,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data);
YjMediaInfo *yj_probe_finish (GAsyncResult         *result,
                              GError              **error);

G_END_DECLS
