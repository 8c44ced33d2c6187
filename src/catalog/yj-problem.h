/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _YjDraftFile YjDraftFile;

typedef enum
{
  YJ_PROBLEM_ERROR,             /* the platform's contract forbids it: Generate stays off */
  YJ_PROBLEM_LIMIT,             /* beyond a documented upstream limit: refused unless forced */
  YJ_PROBLEM_NOTE,              /* unwise, allowed */
} YjProblemSeverity;

/* What a documented upstream limit measures. */
typedef enum
{
  YJ_LIMIT_NONE,                /* of a problem that is no broken limit */
  YJ_LIMIT_NUMBER,              /* an integer parameter itself */
  YJ_LIMIT_VALUES,              /* a choice: the values that the upstream documents */
  YJ_LIMIT_CHARACTERS,          /* Unicode characters of a text */
  YJ_LIMIT_HAN,                 /* Han characters of a text */
  YJ_LIMIT_WORDS,               /* space-separated words of a text */
  YJ_LIMIT_COUNT,               /* files in a slot, or in several */
  YJ_LIMIT_TYPES,               /* content types of a file */
  YJ_LIMIT_VIDEO_CODEC,
  YJ_LIMIT_AUDIO_CODEC,
  YJ_LIMIT_OPAQUE,              /* content types of which a file may have no alpha channel */
  YJ_LIMIT_BYTES,
  YJ_LIMIT_TOTAL_BYTES,         /* of all files in a slot, or in several */
  YJ_LIMIT_SIDE,                /* px, each of width and height */
  YJ_LIMIT_SHORT_SIDE,          /* px, the lesser of width and height */
  YJ_LIMIT_PIXELS,              /* width × height */
  YJ_LIMIT_RATIO,               /* width ÷ height */
  YJ_LIMIT_FRAME_RATE,          /* frames per second */
  YJ_LIMIT_DURATION,            /* seconds of one file */
  YJ_LIMIT_TOTAL_DURATION,      /* seconds of all files in a slot */
  YJ_LIMIT_COMPANION,           /* files that are taken only beside others */
  YJ_LIMIT_EXCLUSIVE,           /* files that are never taken beside others */
} YjLimitUnit;

/* What is wrong with a draft, and where. */
typedef struct
{
  YjProblemSeverity  severity;
  char              *field;     /* wire name of the parameter or slot, "prompt", "llmid", "model" */
  char              *message;   /* translated, a whole sentence that says what to do */
  YjDraftFile       *file;      /* the one file it is about, or NULL */
  gboolean           missing;   /* nothing wrong was entered; something is still to be entered */
  YjLimitUnit        unit;      /* which limit is broken */
  double             value;     /* what it is, in the unit of the limit; 0 where it is no number */
  double             bound;     /* what it may be */
  gboolean           can_mend;  /* the file can be brought within all limits here; told once for each file */
  gboolean           can_remove; /* without the file it would be gone */
  char              *source;    /* who documents the limit, or NULL */
  char              *id;        /* of a note that can be put away for good, or NULL */
  char              *remedy;    /* what one click would do, translated; NULL: nothing */
  char              *remedy_field; /* as in yj_draft_set_value () */
  char              *remedy_value; /* NULL: back to the default */
} YjProblem;

void     yj_problem_free        (YjProblem       *problem);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjProblem, yj_problem_free)

/* Whether another copy of the file could be within the limit: smaller, shorter, of another type. */
gboolean yj_problem_is_mendable (const YjProblem *problem);

G_END_DECLS
