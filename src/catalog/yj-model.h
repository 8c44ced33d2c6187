/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  YJ_MODE_TEXT_TO_VIDEO,        /* t2v */
  YJ_MODE_IMAGE_TO_VIDEO,       /* i2v */
  YJ_MODE_REFERENCES_TO_VIDEO,  /* r2v */
} YjMode;

const char *yj_mode_to_string   (YjMode       mode);
gboolean    yj_mode_from_string (const char  *string,
                                 YjMode      *mode);

typedef enum
{
  YJ_MEDIA_KIND_UNKNOWN,
  YJ_MEDIA_KIND_IMAGE,
  YJ_MEDIA_KIND_VIDEO,
  YJ_MEDIA_KIND_AUDIO,
} YjMediaKind;

/* ---- one field of a model's form that is not a file */
typedef enum
{
  YJ_PARAMETER_TEXT,            /* free text: negative_prompt */
  YJ_PARAMETER_CHOICE,          /* one of the allowed values, a JSON string on the wire */
  YJ_PARAMETER_INTEGER,         /* a JSON number; allowed values, or minimum and maximum, may be given */
  YJ_PARAMETER_SWITCH,          /* "Y" or "N" on the wire: off_peak */
} YjParameterType;

#define YJ_TYPE_PARAMETER (yj_parameter_get_type ())
G_DECLARE_FINAL_TYPE (YjParameter, yj_parameter, YJ, PARAMETER, GObject)

const char         *yj_parameter_get_name        (YjParameter *self);  /* exact wire name: "radio", "resolution" */
const char         *yj_parameter_get_meaning     (YjParameter *self);  /* stable across models: "ratio", "resolution", "size", "duration", "off-peak", "negative-prompt", "model" */
const char         *yj_parameter_get_label       (YjParameter *self);  /* translated, "Ratio" */
const char         *yj_meaning_get_label         (const char  *meaning);  /* the same for a meaning; itself when it is unknown */
YjParameterType     yj_parameter_get_value_type  (YjParameter *self);
gboolean            yj_parameter_get_required    (YjParameter *self);
const char         *yj_parameter_get_default     (YjParameter *self);  /* NULL: none given */
const char * const *yj_parameter_get_allowed     (YjParameter *self);  /* NULL: anything of the type */
gboolean            yj_parameter_get_range       (YjParameter *self,
                                                  gint64      *minimum,
                                                  gint64      *maximum);

/* ---- values as people read them: "Adaptive", "5 s", "1280 × 720" */
char *yj_parameter_dup_value (YjParameter *self,
                              const char  *value);
char *yj_meaning_dup_value   (const char  *meaning,
                              const char  *value);
/* The words, with no-break spaces between figures and what they count. */
char *yj_text_keep_figures   (char        *text);

/* ---- shapes of a picture */
const char *yj_ratio_get_nearest (double       value);  /* "16:9" */
double      yj_ratio_parse       (const char  *text);   /* of "16:9" or "1280*720"; 0 for others */
gboolean    yj_size_describe     (const char  *size,    /* "1280*720": "16:9" and "720p" */
                                  const char **ratio,
                                  const char **resolution);

/* ---- one place for files */
typedef enum
{
  YJ_SLOT_FIRST_FRAME,
  YJ_SLOT_LAST_FRAME,
  YJ_SLOT_REFERENCE_IMAGES,
  YJ_SLOT_REFERENCE_VIDEOS,
  YJ_SLOT_REFERENCE_AUDIO,
} YjSlotRole;

#define YJ_TYPE_SLOT (yj_slot_get_type ())
G_DECLARE_FINAL_TYPE (YjSlot, yj_slot, YJ, SLOT, GObject)

const char  *yj_slot_get_field   (YjSlot *self);   /* exact wire name: "image1_file", "image_file1", "image_files" */
YjSlotRole   yj_slot_get_role    (YjSlot *self);
const char  *yj_slot_get_label   (YjSlot *self);   /* translated: "First Frame" */
YjMediaKind  yj_slot_get_kind    (YjSlot *self);
guint        yj_slot_get_minimum (YjSlot *self);
guint        yj_slot_get_maximum (YjSlot *self);   /* 0: count not documented */
guint        yj_slot_get_advised_maximum (YjSlot *self);  /* the same, else the upstream's documented count, else 0 */
const char  *yj_slot_get_wire_type (YjSlot *self); /* as documented: "file", "files", "string/file", "string" */

/* ---- one model of one mode */
#define YJ_TYPE_MODEL (yj_model_get_type ())
G_DECLARE_FINAL_TYPE (YjModel, yj_model, YJ, MODEL, GObject)

const char   *yj_model_get_id             (YjModel *self);  /* ours, unique and stable: "i2v/happyhorse-1.0-i2v"; stored with jobs */
const char   *yj_model_get_name           (YjModel *self);  /* the provider's model name: what `-m` takes */
const char   *yj_model_get_title          (YjModel *self);  /* for people: "HappyHorse 1.0" */
const char   *yj_model_get_provider       (YjModel *self);
const char   *yj_model_get_provider_key   (YjModel *self);  /* stored: the same in every language */
YjMode        yj_model_get_mode           (YjModel *self);
const char   *yj_model_get_llmid          (YjModel *self);  /* NULL: lost by the source and not completed yet */
const char   *yj_model_get_note           (YjModel *self);  /* what is uncertain about this entry, or NULL */
gboolean      yj_model_get_sends_model    (YjModel *self);  /* whether the form has a `model` field */
GListModel   *yj_model_get_parameters     (YjModel *self);  /* of YjParameter; without llmid, prompt and model */
GListModel   *yj_model_get_slots          (YjModel *self);  /* of YjSlot */
/* How to write for it, in English or Chinese; NULL: nothing is known. */
const char   *yj_model_get_advice         (YjModel    *self,
                                           gboolean    chinese);
/* How the prompt names the n-th (from 1) file of this kind, such as "[Image 1]"; NULL: the model has no such token. */
char         *yj_model_dup_mention        (YjModel    *self,
                                           YjMediaKind kind,
                                           guint       n,
                                           const char *name,
                                           gboolean    chinese);
YjParameter  *yj_model_find_parameter     (YjModel    *self,
                                           const char *name_or_meaning);
/* The range that the platform gives for a number, else the one that the upstream documents. */
gboolean      yj_model_get_advised_range  (YjModel     *self,
                                           YjParameter *parameter,
                                           gint64      *minimum,
                                           gint64      *maximum);
YjSlot       *yj_model_find_slot          (YjModel    *self,
                                           YjSlotRole  role);

G_END_DECLS
