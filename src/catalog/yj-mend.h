/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-draft.h"

G_BEGIN_DECLS

/* What is to be done to a file. */
typedef enum
{
  YJ_MEND_CONVERT    = 1 << 0,  /* it is of a type, or coded in a way, that the slot does not take */
  YJ_MEND_SHRINK     = 1 << 1,  /* it has too many bytes */
  YJ_MEND_SCALE_DOWN = 1 << 2,
  YJ_MEND_SCALE_UP   = 1 << 3,
  YJ_MEND_SHAPE      = 1 << 4,  /* too wide or too narrow: it is cropped or gets bars */
  YJ_MEND_FRAME_RATE = 1 << 5,
  YJ_MEND_TRIM       = 1 << 6,
  YJ_MEND_LENGTHEN   = 1 << 7,  /* a sound that is too short gets silence at its end */
  YJ_MEND_FLATTEN    = 1 << 8,  /* what shines through is laid on a ground */
} YjMendSteps;

/* How another shape is come by. */
typedef enum
{
  YJ_MEND_FIT_CROP,
  YJ_MEND_FIT_PAD,
} YjMendFit;

/* What a person chooses, where there is a choice. */
typedef struct
{
  YjMendFit fit;
  double    lean;               /* which part stays where it is cropped: -1 the left or upper one, 0 the middle, 1 the other */
  gint64    start;              /* ns, of what stays of a clip or sound that is too long */
  gint64    length;             /* ns, of that; 0: as long as possible */
} YjMendWish;

/* The way from a file to one that a slot takes. Pixels are those of the upright picture. */
typedef struct
{
  YjMediaKind  kind;
  YjMendSteps  steps;
  const char  *content_type;    /* of the result */
  gboolean     opaque;          /* the result has no alpha channel, whatever its type */
  gint64       max_bytes;       /* 0: no limit */
  int          crop_x, crop_y, crop_width, crop_height;         /* what stays of the source */
  int          place_x, place_y, place_width, place_height;     /* where that goes in the result */
  int          width, height;   /* of the result; 0 for a sound */
  double       frame_rate;      /* of the result; 0: as it is */
  gint64       start;           /* ns */
  gint64       length;          /* ns; 0: to the end */
  gint64       shortest;        /* ns: between these, what stays of one that is too long can be chosen */
  gint64       longest;
} YjMend;

YjMend *yj_mend_new  (YjDraft          *draft,
                      YjSlot           *slot,
                      YjDraftFile      *file,
                      const YjMendWish *wish);
void    yj_mend_free (YjMend           *mend);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjMend, yj_mend_free)

G_END_DECLS
