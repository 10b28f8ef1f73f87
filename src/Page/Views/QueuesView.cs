using Jobs.Cli.Output;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Views;
using Jobs.Core;
using Jobs.Core.Backlog;
using Jobs.Core.Definitions;
using Jobs.Core.Runs;
using Jobs.Page.Ground;

namespace Jobs.Page.Views;

/// <summary>Queues with what waits in them and who takes it, and what could not be handled.</summary>
internal static class QueuesView
{
    private const int MaxBody = 2_000;

    public static Html Render(Frame frame, StackStatus status, JobCatalog catalog) => Html.Of($"""
        <h1>Queues</h1>
        <div id="live" data-live><table>
        <thead><tr><th scope="col">Queue</th><th scope="col" class="number">Waiting</th><th scope="col" class="number">In hand</th>
        <th scope="col" class="number">Dead letters</th><th scope="col" class="wide">Drains</th></tr></thead>
        <tbody>{status.Queues.OrderByDescending(queue => queue.DeadLetters).ThenBy(queue => queue.Name, StringComparer.Ordinal)
            .Select(queue => Row(frame, status, catalog, queue))}</tbody>
        </table></div>
        """);

    /// <param name="letters">Of its dead letters the first; null when it has no queue of dead letters.</param>
    /// <param name="canRedrive">They all came from this queue.</param>
    public static Html One(
        Frame frame, QueueState queue, IReadOnlyList<DeadLetter>? letters, bool canRedrive, string key) => Html.Of($"""
        <h1>{queue.Name}</h1>
        {Parts.Facts(
            ("Waiting", Parts.Text(Words.Invariant($"{queue.Depth.Visible + queue.Depth.Delayed:#,0}"))),
            ("In hand", Parts.Text(Words.Invariant($"{queue.Depth.InFlight:#,0}"))),
            ("Dead letters", Parts.Text(Words.Invariant($"{queue.DeadLetters:#,0}"))))}
        <div class="title"><h2>Dead letters</h2><div class="acts">{Redrive(queue, canRedrive, key)}</div></div>
        {(letters is { Count: > 0 } ? Letters(frame, letters) : Parts.Nothing("Nothing was left behind."))}
        {Html.When(letters?.Count < queue.DeadLetters && letters.Count > 0, $"""<p class="dim">These are the first {letters?.Count ?? 0}.</p>""")}
        """);

    private static Html Row(Frame frame, StackStatus status, JobCatalog catalog, QueueState queue) => Html.Of($"""
        <tr id="q-{queue.Name}"><td><a href="{Addresses.OfQueue(queue.Name)}">{queue.Name}</a></td>
        {Number(queue.Depth.Visible + queue.Depth.Delayed, "blue")}{Number(queue.Depth.InFlight, "cyan")}{Number(queue.DeadLetters, "red")}
        <td class="wide">{Drains(frame, status, catalog, queue)}</td></tr>
        """);

    /// <summary>The runs that take its messages now.</summary>
    private static IEnumerable<Html> Drains(Frame frame, StackStatus status, JobCatalog catalog, QueueState queue)
    {
        var job = catalog.Jobs.FirstOrDefault(one => one.Queue is not null && Names.Queue(one.Name) == queue.Name);
        if (job is null) yield break;
        if (job.Queue!.Mode == QueueMode.Service) yield return Html.Of($"""<span class="dim">a service</span>""");
        foreach (var reading in status.Active.Where(one => IsDrain(one.Run, job.Name)))
        {
            yield return Html.Of($"""<span class="drain">{Parts.Link(reading.Run.Id)} {Parts.State(reading.VisibleState)} <span class="dim">{What(reading, frame)}</span></span>""");
        }
    }

    private static bool IsDrain(Run run, string job) => run.Id.Job == job && run.Trigger == BacklogWatch.Trigger;

    private static string What(RunReading reading, Frame frame) => reading.CurrentWorker?.Progress is { } progress
        ? RunRows.TextOf(progress)
        : WaitingReason.Of(reading, frame.Pauses, frame.Now) ?? "";

    private static Html Redrive(QueueState queue, bool canRedrive, string key) => canRedrive && queue.DeadLetters > 0
        ? Parts.Confirmed(
            $"{Addresses.OfQueue(queue.Name)}/redrive",
            "Redrive",
            "The messages go back to where they came from and are handled again. Mend first what they failed of.",
            Words.Invariant($"Move {Words.Count(queue.DeadLetters, "message")} back"),
            key)
        : default;

    private static Html Letters(Frame frame, IReadOnlyList<DeadLetter> letters) => Html.Of($"""
        <ul class="rows letters">{letters.Select(letter => Html.Of($"""
            <li><span class="dim">{Parts.Ago(letter.SentAt, frame)}, received {letter.Receives} times</span>
            <p class="red">{letter.Reason ?? "Never handled; the function's log says why."}</p>
            <pre tabindex="0" aria-label="Message {letter.Id}">{Excerpt.Of(letter.Body, MaxBody)}</pre></li>
            """))}</ul>
        """);

    private static Html Number(int number, string color) => Html.Of($"""
        <td class="number {(number == 0 ? "dim" : color)}">{number}</td>
        """);
}
