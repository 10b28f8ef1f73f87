using System.Text.Json;
using System.Text.Json.Nodes;
using Jobs.Cli.Output;
using Jobs.Cli.Reading;
using Jobs.Core;
using Jobs.Core.Pauses;
using Jobs.Page.Ground;

namespace Jobs.Page.Views;

/// <summary>A job as it is deployed, its newest runs, and a form that starts one.</summary>
/// <param name="key">The submission's own, by which sending the form twice is harmless.</param>
internal sealed class JobView(Frame frame, JobDefinition job, string key)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>As it was typed, when it did not fit; null for a fresh form.</summary>
    public string? Input { get; init; }

    /// <summary>Why what was typed does not fit.</summary>
    public string? Fault { get; init; }

    public Html Render(RunListing listing) => Html.Of($"""
        <h1>{job.Name}</h1>
        {Facts()}
        <div id="pauses" data-live>{frame.Pauses.LastingAt(frame.Now).Where(pause => pause.Job == job.Name).Select(Paused)}</div>
        {Html.When(Fault is not null, $"""<p class="fault" role="alert">{Fault}</p>""")}
        <div class="forms">{(job.Queue is null ? SubmitForm() : SendForm())}{PauseForm()}</div>
        <div class="title"><h2>Newest runs</h2><a href="{Addresses.Runs(job.Name)}">all</a></div>
        <div id="live" data-live>{(listing.Runs.Count > 0
            ? RunsView.Table(frame, listing.Runs)
            : Parts.Nothing("It has not run yet."))}</div>
        """);

    private Html Facts()
    {
        var triggers = TriggerWords.Of(job);
        return Parts.Facts(
            ("Started by", Html.Of($"""
                <ul class="plain">{(triggers.Count == 0 ? ["a command"] : triggers).Select(one => Html.Of($"<li>{one}</li>"))}</ul>
                """)),
            ("Size", Parts.Text(Words.Size(job.Cpu, job.MemoryMiB) + (job.Spot ? ", Spot" : ""))),
            ("Time limit", Parts.Text(Words.Span(TimeSpan.FromMinutes(job.TimeoutMinutes)))),
            ("Tries", Parts.Text(Words.Invariant($"{job.Retry.Attempts}"))),
            ("Cap", job.MaxConcurrent is { } cap ? Parts.Text(Words.Invariant($"{cap}")) : null),
            ("Owner", job.Owner is { } owner ? Parts.Text(owner) : null),
            ("Queue", job.Queue is null ? null : QueueLink()));
    }

    private Html QueueLink()
    {
        var name = Names.Queue(job.Name);
        return Html.Of($"""<a href="{Addresses.OfQueue(name)}">{name}</a>""");
    }

    private Html SubmitForm() => Html.Of($"""
        <details id="submit" class="form"{Html.When(Fault is not null, $" open")}><summary class="button">Submit a run…</summary>
        <form method="post" action="{Addresses.OfJob(job.Name)}/submit">
        <input type="hidden" name="id" value="{key}">
        <label>Input, as JSON <textarea name="input" rows="8" spellcheck="false">{Input ?? Skeleton()}</textarea></label>
        <label>Labels, as name=value, with spaces between them <input name="labels" autocomplete="off"></label>
        <label>Priority, 0 to 9 <input name="priority" type="number" min="0" max="9" value="0"></label>
        <button class="strong">Submit</button>
        </form></details>
        """);

    private Html SendForm() => frame.IsLaptop
        ? Html.Of($"""
            <details id="submit" class="form"{Html.When(Fault is not null, $" open")}><summary class="button">Send a message…</summary>
            <form method="post" action="{Addresses.OfJob(job.Name)}/send">
            <label>Message <textarea name="input" rows="6" spellcheck="false">{Input ?? Skeleton()}</textarea></label>
            <button class="strong">Send</button>
            </form></details>
            """)
        : Html.Of($"""<p class="dim">Its runs start and end with the messages of its queue.</p>""");

    /// <summary>What is paused, by whom and why, and the button that ends it.</summary>
    private Html Paused(Pause pause) => Html.Of($"""
        <div class="verdict yellow" id="p-{pause.Target}"><p><b>{pause.Target}</b> is {PauseWords.Of(pause)}</p>
        <form method="post" action="{Addresses.OfJob(job.Name)}/resume"><input type="hidden" name="schedule" value="{pause.Schedule}">
        <button>Resume</button></form></div>
        """);

    private Html PauseForm() => PauseRules.WhyNot(job) is not null ? default : Html.Of($"""
        <details id="pause" class="form"><summary class="button">Pause…</summary>
        <form method="post" action="{Addresses.OfJob(job.Name)}/pause">
        {ScheduleChoice()}
        <label>Why, for all who look at the job <input name="reason" required maxlength="{Pause.MaxReason}" autocomplete="off"></label>
        <label>Until <select name="until"><option value="">it is resumed</option><option value="1h">in an hour</option>
        <option value="6h">in 6 hours</option><option value="1d">tomorrow</option><option value="7d">in a week</option></select></label>
        <p class="dim">What runs goes on; what comes waits. It takes effect within a minute.</p>
        <button class="strong">Pause</button>
        </form></details>
        """);

    private Html ScheduleChoice() => job.Schedules.Count == 0 ? default : Html.Of($"""
        <label>What <select name="schedule"><option value="">the whole job</option>{job.Schedules.Select(schedule => Html.Of(
            $"""<option value="{schedule.Name}">its schedule {schedule.Name}</option>"""))}</select></label>
        """);

    /// <summary>The members that the job takes, each with an empty value of its kind.</summary>
    private string Skeleton()
    {
        if (job.InputSchema?["properties"] is not JsonObject properties) return "{}";
        var members = properties.Select(member => KeyValuePair.Create(member.Key, Empty(member.Value?["type"])));
        return new JsonObject(members).ToJsonString(Indented);
    }

    private static JsonNode? Empty(JsonNode? type) => (type is JsonArray all ? all[0] : type)?.ToString() switch
    {
        "string" => "",
        "integer" or "number" => 0,
        "boolean" => false,
        "array" => new JsonArray(),
        "object" => new JsonObject(),
        _ => null,
    };
}
