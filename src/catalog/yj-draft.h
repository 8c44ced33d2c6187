/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "yj-model.h"
#include "yj-problem.h"

G_BEGIN_DECLS

/* A file attached to a draft, with what is known of it. Fields are 0/NULL until known. */
#define YJ_TYPE_DRAFT_FILE (yj_draft_file_get_type ())
G_DECLARE_FINAL_TYPE (YjDraftFile, yj_draft_file, YJ, DRAFT_FILE, GObject)

YjDraftFile *yj_draft_file_new          (GFile       *file,
                                         YjMediaKind  kind,
                                         const char  *content_type);
GFile       *yj_draft_file_get_file     (YjDraftFile *self);
YjMediaKind  yj_draft_file_get_kind     (YjDraftFile *self);
const char  *yj_draft_file_get_content_type (YjDraftFile *self);
void         yj_draft_file_set_content_type (YjDraftFile *self,
                                             const char  *content_type);
void         yj_draft_file_set_facts    (YjDraftFile *self,
                                         gint64       size,      /* bytes */
                                         int          width,     /* px */
                                         int          height,
                                         gint64       duration); /* ns */
void         yj_draft_file_set_frame_rate (YjDraftFile *self,
                                           double       frame_rate);
gint64       yj_draft_file_get_size     (YjDraftFile *self);
int          yj_draft_file_get_width    (YjDraftFile *self);
int          yj_draft_file_get_height   (YjDraftFile *self);
gint64       yj_draft_file_get_duration (YjDraftFile *self);
double       yj_draft_file_get_frame_rate (YjDraftFile *self);  /* 0: unknown */
/* Whether it can still be had: found out anew while the draft is on show, and not kept. */
typedef enum
{
  YJ_FILE_THERE,
  YJ_FILE_GONE,
  YJ_FILE_UNREADABLE,           /* no permission, no file any more, or the disk fails */
  YJ_FILE_UNUSABLE,             /* it has become what it was not when it was attached */
} YjFileState;

/* When it was last written or put there, µs since 1970: to which state of the file its facts belong; 0: unknown. */
void         yj_draft_file_set_stamp    (YjDraftFile *self,
                                         gint64       stamp);
gint64       yj_draft_file_get_stamp    (YjDraftFile *self);
void         yj_draft_file_set_digest   (YjDraftFile *self,
                                         const char  *digest);
const char  *yj_draft_file_get_digest   (YjDraftFile *self);
void         yj_draft_file_set_state    (YjDraftFile *self,
                                         YjFileState  state);
YjFileState  yj_draft_file_get_state    (YjDraftFile *self);
/* By what a prompt knows it, wherever it is moved. */
const char  *yj_draft_file_get_id       (YjDraftFile *self);
/* What people call it; the file's own name unless another was set. */
const char  *yj_draft_file_get_name     (YjDraftFile *self);
void         yj_draft_file_set_name     (YjDraftFile *self,
                                         const char  *name);
/* Before it is put in the place of @other: mentions of that one mean this one then. */
void         yj_draft_file_stand_for    (YjDraftFile *self,
                                         YjDraftFile *other);

/* Of what the file was made, such as a frame of a video: the words are those of whoever sets it; NULL: not known. */
const char  *yj_draft_file_get_origin   (YjDraftFile *self);
void         yj_draft_file_set_origin   (YjDraftFile *self,
                                         const char  *origin);
void         yj_draft_file_set_alpha    (YjDraftFile *self,
                                         gboolean     alpha);
gboolean     yj_draft_file_get_alpha    (YjDraftFile *self);
/* Names as "H.264" and "AAC"; NULL: none, or unknown. */
void         yj_draft_file_set_codecs   (YjDraftFile *self,
                                         const char  *video,
                                         const char  *audio);
const char  *yj_draft_file_get_video_codec (YjDraftFile *self);
const char  *yj_draft_file_get_audio_codec (YjDraftFile *self);

/* @find_model is asked for the YjModel of a stored model id; NULL lets it fail. */
typedef YjModel *(*YjFindModelFunc) (const char *model_id,
                                     gpointer    user_data);

/* What a person wants made. Signal changed () after every change of any part. */
#define YJ_TYPE_DRAFT (yj_draft_get_type ())
G_DECLARE_FINAL_TYPE (YjDraft, yj_draft, YJ, DRAFT, GObject)

YjDraft      *yj_draft_new          (YjModel     *model);
YjModel      *yj_draft_get_model    (YjDraft     *self);
/* Keeps values that mean the same and files that still fit; parks the rest: see yj_draft_get_parked (). */
void          yj_draft_set_model    (YjDraft     *self,
                                     YjModel     *model);
/* Of what the whole draft was made; as yj_draft_file_get_origin (). */
const char   *yj_draft_get_origin   (YjDraft     *self);
void          yj_draft_set_origin   (YjDraft     *self,
                                     const char  *origin);
/* As written, for people: a mention of a file is “@name”. */
const char   *yj_draft_get_prompt   (YjDraft     *self);
void          yj_draft_set_prompt   (YjDraft     *self,
                                     const char  *prompt);
/* As kept: with its mentions, see yj-prompt-text.h. */
const char   *yj_draft_get_prompt_source (YjDraft    *self);
void          yj_draft_set_prompt_source (YjDraft    *self,
                                          const char *source);
/* Where the person writes on in it, in characters of which a mention is one; -1: at its end. */
int           yj_draft_get_cursor        (YjDraft    *self);
void          yj_draft_set_cursor        (YjDraft    *self,
                                          int         cursor);
/* As the model gets it: each mention is the word that the model knows for that file. */
char         *yj_draft_dup_sent_prompt   (YjDraft    *self);
/* By the parameter's wire name or meaning; the default when nothing was set; NULL when there is none. */
const char   *yj_draft_get_value    (YjDraft     *self,
                                     const char  *parameter);
/* @value NULL: back to the default. */
void          yj_draft_set_value    (YjDraft     *self,
                                     const char  *parameter,
                                     const char  *value);
/* The meanings of values that were set and that this model does not take; NULL-terminated. */
GStrv         yj_draft_dup_set_aside (YjDraft    *self);
/* What was set for one of them; NULL: nothing. */
const char   *yj_draft_get_aside     (YjDraft    *self,
                                      const char *meaning);
/* GListModel of YjDraftFile, live; empty for a role that the model does not have. */
GListModel   *yj_draft_get_files    (YjDraft     *self,
                                     YjSlotRole   role);
/* FALSE when the slot is full or takes another kind; a slot for one file is replaced. */
gboolean      yj_draft_add_file     (YjDraft     *self,
                                     YjSlotRole   role,
                                     YjDraftFile *file);
void          yj_draft_remove_file  (YjDraft     *self,
                                     YjDraftFile *file);
void          yj_draft_move_file    (YjDraft     *self,
                                     YjDraftFile *file,
                                     guint        position);
/* The YjSlotRole of the slot that a file is in; -1 when it is in none. @position: (out) (optional) */
int           yj_draft_find_place   (YjDraft     *self,
                                     YjDraftFile *file,
                                     guint       *position);
/* Whether a file could be moved there; a slot for one file always can. */
gboolean      yj_draft_can_take     (YjDraft     *self,
                                     YjSlotRole   role,
                                     YjDraftFile *file);
/* Moves a file of the draft to a slot, there before @position; out of a slot for one, the other goes where it came from. */
gboolean      yj_draft_place_file   (YjDraft     *self,
                                     YjSlotRole   role,
                                     YjDraftFile *file,
                                     guint        position);
/* Brings back what was taken out of @role (-1: was set aside): there, else to where it fits, else it is set aside. */
void          yj_draft_restore_file  (YjDraft         *self,
                                      int              role,
                                      YjDraftFile     *file,
                                      guint            position);
/* It stays with the draft, and is not sent. */
void          yj_draft_set_file_aside (YjDraft       *self,
                                       YjDraftFile   *file);
/* The slot where a file of this kind would go next: an empty one first. FALSE when none takes it. */
gboolean      yj_draft_find_slot    (YjDraft     *self,
                                     YjMediaKind  kind,
                                     YjSlotRole  *role);
/* What people call that type, when a slot is documented not to take it; NULL when it does, or when nobody says. */
char         *yj_draft_dup_foreign_type (YjDraft    *self,
                                     YjSlotRole  role,
                                     const char *content_type);
/* GListModel of YjDraftFile set aside by a change of model. */
GListModel   *yj_draft_get_parked   (YjDraft     *self);
/* How the prompt names an attached file under this model, such as "[Image 2]"; NULL: by no word. */
char         *yj_draft_dup_mention  (YjDraft     *self,
                                     YjDraftFile *file);
/* What a chip calls the file: its name without the ending, no two alike. */
char         *yj_draft_dup_label    (YjDraft     *self,
                                     YjDraftFile *file);
/* The file of that identity, attached or set aside; @attached (nullable): which of both. */
YjDraftFile  *yj_draft_find_file    (YjDraft     *self,
                                     const char  *id,
                                     gboolean    *attached);
/* Whether the prompt speaks of the file: by a mention, or by a word that was typed for it. */
gboolean      yj_draft_is_mentioned (YjDraft     *self,
                                     YjDraftFile *file);
/* Of what the prompt speaks that is not attached, as written: “@cat”, “[Image 5]”. */
GStrv         yj_draft_dup_missing_mentions (YjDraft *self);
/* Puts a mention of the file at the end of the prompt. */
void          yj_draft_append_mention       (YjDraft     *self,
                                             YjDraftFile *file);
/* What the prompt would be with mentions for the words that stand for attached files: “@name”, and the words that
   models know, such as “[Image 1]” or “图片1”. */
char         *yj_draft_dup_bound            (YjDraft     *self,
                                             const char  *source);

/* @source from another draft: files that this one does not have become “@name”, and names mentions where it can. */
char         *yj_draft_dup_adopted          (YjDraft     *self,
                                             const char  *source);
/* Model, values and prompt as JSON, without files; and back into a draft, whose files stay. */
char         *yj_draft_to_recipe            (YjDraft     *self);
gboolean      yj_draft_apply_recipe         (YjDraft         *self,
                                             const char      *recipe,
                                             YjFindModelFunc  find_model,
                                             gpointer         user_data,
                                             GError         **error);

/* What counts for the length of the prompt. */
typedef enum
{
  YJ_LENGTH_CHARACTERS,
  YJ_LENGTH_HAN,                /* Chinese characters */
  YJ_LENGTH_WORDS,
} YjLengthUnit;

typedef struct
{
  YjLengthUnit unit;
  guint        n;
  guint        advised;         /* beyond it is noted */
  guint        most;            /* beyond it is cut, or refused unless forced; 0: nobody says */
} YjPromptLength;

/* Of the limits that are documented for the prompt, the one that is nearest; FALSE: none is. */
gboolean      yj_draft_get_prompt_length    (YjDraft        *self,
                                             YjPromptLength *length);
/* The same for another text, as the negative prompt. */
gboolean      yj_model_get_text_length      (YjModel        *self,
                                             YjParameter    *parameter,
                                             const char     *text,
                                             YjPromptLength *length);
/* Array of YjProblem, the worst first; empty: may be sent. */
GPtrArray    *yj_draft_validate     (YjDraft     *self);

/* Array of YjProblem, all notes: what is allowed, but would hardly be meant so. */
GPtrArray    *yj_draft_lint         (YjDraft     *self);

typedef enum
{
  YJ_FIT_ALL,                   /* every file as it is */
  YJ_FIT_MENDABLE,              /* every file, some of them once they are mended */
  YJ_FIT_SOME,                  /* some files not at all */
} YjFitVerdict;

/* How well a model takes the files of a draft. */
typedef struct
{
  YjFitVerdict  verdict;
  guint         taken;          /* as they are or mended */
  guint         total;          /* attached or set aside */
  guint         to_mend;        /* of those taken */
  char         *reasons;        /* why some are not taken, translated: "too many videos, no sounds"; else NULL */
} YjFit;

void          yj_fit_free           (YjFit       *fit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (YjFit, yj_fit_free)
/* How well @model would take the files of this draft, without changing anything. */
YjFit        *yj_draft_fit          (YjDraft     *self,
                                     YjModel     *model);
/* "Takes 4 of 5: too many videos"; NULL when there are no files. */
char         *yj_fit_dup_text       (const YjFit *fit);

/* One field of the form in sending order: text before files. Exactly one of text and file is set. */
typedef struct
{
  const char      *name;
  YjParameterType  type;        /* INTEGER: a JSON number */
  const char      *text;
  YjDraftFile     *file;
} YjDraftField;
typedef void (*YjDraftFieldFunc) (const YjDraftField *field,
                                  gpointer            user_data);
void          yj_draft_foreach_field (YjDraft          *self,
                                      YjDraftFieldFunc  func,
                                      gpointer          user_data);

/* The recipe as JSON: model id, llmid, prompt, values, files (role, URI, type). */
char         *yj_draft_to_json      (YjDraft     *self);
/* The same, and what only whoever goes on with the draft needs: cursor, and the stamps of the files. */
char         *yj_draft_to_json_for_desk (YjDraft *self);
YjDraft      *yj_draft_new_from_json (const char      *json,
                                      YjFindModelFunc  find_model,
                                      gpointer         user_data,
                                      GError         **error);

G_END_DECLS
