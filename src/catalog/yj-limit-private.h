/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "yj-model.h"

G_BEGIN_DECLS

/* What a documented upstream limit measures. */
typedef enum
{
  YJ_LIMIT_NUMBER,              /* an integer parameter itself */
  YJ_LIMIT_VALUES,              /* a choice: the values that the upstream documents */
  YJ_LIMIT_CHARACTERS,          /* Unicode characters of a text */
  YJ_LIMIT_HAN,                 /* Han characters of a text */
  YJ_LIMIT_WORDS,               /* space-separated words of a text */
  YJ_LIMIT_COUNT,               /* files in a slot */
  YJ_LIMIT_TYPES,               /* content types of a file */
  YJ_LIMIT_BYTES,
  YJ_LIMIT_SIDE,                /* px, each of width and height */
  YJ_LIMIT_SHORT_SIDE,          /* px, the lesser of width and height */
  YJ_LIMIT_PIXELS,              /* width × height */
  YJ_LIMIT_RATIO,               /* width ÷ height */
  YJ_LIMIT_FRAME_RATE,          /* frames per second */
  YJ_LIMIT_DURATION,            /* seconds of one file */
  YJ_LIMIT_TOTAL_DURATION,      /* seconds of all files in a slot */
} YjLimitUnit;

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
  char         *source;
} YjLimit;

void        yj_limit_free       (YjLimit    *limit);
/* The length of a text in CHARACTERS, HAN or WORDS. */
glong       yj_text_count       (const char  *text,
                                 YjLimitUnit  unit);

typedef enum
{
  YJ_RULE_TOTAL_FILES,          /* all the slots together hold at most so many */
  YJ_RULE_NEEDS_COMPANION,      /* the first slot may be filled only when one of the others is */
} YjRuleKind;

typedef struct
{
  YjRuleKind  kind;
  GArray     *roles;            /* of YjSlotRole */
  guint       loosest;
  guint       strictest;
  char       *source;
} YjRule;

void        yj_rule_free        (YjRule     *rule);

GPtrArray  *yj_model_get_limits (YjModel    *self);   /* of YjLimit */
GPtrArray  *yj_model_get_rules  (YjModel    *self);   /* of YjRule */
GPtrArray  *yj_slot_get_limits  (YjSlot     *self);   /* of YjLimit */
void        yj_model_set_llmid  (YjModel    *self,
                                 const char *llmid);

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
  YjCounting  counting;
} YjModelParts;

void        yj_model_parts_clear     (YjModelParts *parts);
/* Takes over what @parts holds. */
YjModel    *yj_model_new_from_parts  (YjModelParts *parts);
const YjModelParts *yj_model_get_parts (YjModel    *self);

G_END_DECLS
