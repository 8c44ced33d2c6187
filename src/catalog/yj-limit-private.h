/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "yj-model.h"
#include "yj-problem.h"

G_BEGIN_DECLS

typedef struct
{
  double minimum;               /* -G_MAXDOUBLE: none */
  double maximum;               /* G_MAXDOUBLE: none */
} YjBounds;

/* One documented limit: beyond the loosest figure is refused, beyond the strictest is noted. */
typedef struct
{
  char         *subject;        /* a parameter's meaning, "prompt", or NULL for a slot's limit */
  YjLimitUnit   unit;
  YjBounds      loosest;
  YjBounds      strictest;
  char        **loosest_values;
  char        **strictest_values;
  char         *when;           /* a parameter's meaning: it holds only where that has one of these values; NULL: always */
  char        **when_values;
  gboolean      cut;            /* a text: the model reads on without a word where it is cut, so it is never refused */
  char         *source;
} YjLimit;

void        yj_limit_free       (YjLimit    *limit);
/* The length of a text in CHARACTERS, HAN or WORDS. */
glong       yj_text_count       (const char  *text,
                                 YjLimitUnit  unit);
/* So many bytes of the beginning count for @most at the most. */
gsize       yj_text_measure     (const char  *text,
                                 YjLimitUnit  unit,
                                 glong        most);

typedef enum
{
  YJ_RULE_TOTAL_FILES,          /* all the slots together hold at most so many */
  YJ_RULE_TOTAL_BYTES,          /* all the slots together hold at most so many bytes */
  YJ_RULE_NEEDS_COMPANION,      /* the first slot may be filled only when one of the others is */
  YJ_RULE_EXCLUSIVE,            /* slots of one group only may be filled */
} YjRuleKind;

typedef struct
{
  YjRuleKind  kind;
  GArray     *roles;            /* of YjSlotRole */
  GArray     *groups;           /* of guint, the group of each of the roles; all 0 unless exclusive */
  YjLimit     limit;            /* of the totals; subject unused */
} YjRule;

void        yj_rule_free        (YjRule     *rule);

GPtrArray  *yj_model_get_limits (YjModel    *self);   /* of YjLimit */
GPtrArray  *yj_model_get_rules  (YjModel    *self);   /* of YjRule */
GPtrArray  *yj_slot_get_limits  (YjSlot     *self);   /* of YjLimit */
void        yj_model_set_llmid  (YjModel    *self,
                                 const char *llmid);

/* What about a model surprises, as a watermark that nobody asked for. */
typedef struct
{
  char *id;                     /* "watermark": unique in the model */
  char *text;
  char *source;
} YjSurprise;

void        yj_surprise_free    (YjSurprise *surprise);

/* Reading one model: @entry lies over @form (nullable); @path names the place in error messages. */
YjModel    *yj_model_new_from_json (JsonObject  *entry,
                                    JsonObject  *form,
                                    const char  *path,
                                    GError     **error);

/* The parts, as the reader makes them; strings and arrays are taken over. */
YjParameter *yj_parameter_new   (char            *name,
                                 char            *meaning,
                                 char            *label,
                                 YjParameterType  type,
                                 gboolean         required,
                                 char            *default_value,
                                 char           **allowed,
                                 gint64           minimum,
                                 gint64           maximum);
YjSlot      *yj_slot_new        (YjSlotRole       role,
                                 char            *field,
                                 char            *wire_type,
                                 guint            minimum,
                                 guint            maximum,
                                 GPtrArray       *limits);
gboolean     yj_slot_role_from_string (const char *string,
                                       YjSlotRole *role);
const char  *yj_slot_role_to_string   (YjSlotRole  role);

typedef enum
{
  YJ_COUNTING_PER_KIND,
  YJ_COUNTING_SHARED,           /* one counter over all files in list order */
  YJ_COUNTING_NAMED,            /* no counter: by name */
} YjCounting;

typedef struct
{
  char       *id;
  char       *name;
  char       *title;
  char       *provider;
  char       *provider_key;     /* the same in every language */
  YjMode      mode;
  char       *llmid;
  char       *note;
  gboolean    sends_model;
  GListStore *parameters;
  GListStore *slots;
  GPtrArray  *limits;
  GPtrArray  *rules;
  char       *mentions[YJ_MEDIA_KIND_AUDIO + 1];  /* patterns with {n} or {name}, by kind */
  char       *mentions_zh[YJ_MEDIA_KIND_AUDIO + 1];     /* the same for a prompt in Chinese; NULL: as above */
  GPtrArray  *surprises;        /* of YjSurprise */
  YjCounting  counting;
  /* who documents it; NULL: not said */
  char       *speech;           /* what is spoken stands in quotation marks */
  char       *first_frame_sets_ratio;   /* the video takes the shape of the first frame, whatever is set */
  char       *last_frame_cropped;       /* a last frame of another shape is cropped to that of the first */
  char       *advice;           /* on writing for it, NULL: none */
  char       *advice_zh;        /* the same in Chinese */
} YjModelParts;

void        yj_model_parts_clear     (YjModelParts *parts);
/* Takes over what @parts holds. */
YjModel    *yj_model_new_from_parts  (YjModelParts *parts);
const YjModelParts *yj_model_get_parts (YjModel    *self);

G_END_DECLS
