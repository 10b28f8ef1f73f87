using Jobs.Cli.Output;
using Jobs.Core.Definitions;
using Jobs.Page.Ground;

namespace Jobs.Page.Views;

/// <summary>What only a stack on this machine has.</summary>
internal static class LaptopView
{
    /// <param name="hops">What happened, newest last; null when the stack runs in another program.</param>
    public static Html Render(Frame frame, JobCatalog catalog, IReadOnlyList<Hop>? hops) => Html.Of($"""
        <h1>Laptop</h1>
        <h2>Drop a file</h2>
        {Drop(catalog)}
        <h2>Send a message</h2>
        {Send(catalog)}
        <h2>Denials</h2>
        <div id="live" data-live>{(hops is null
            ? Parts.Nothing("They are on the page of the program that runs the stack: its terminal has the address.")
            : Feed(frame, hops))}</div>
        """);

    private static Html Drop(JobCatalog catalog)
    {
        var uploads = catalog.Jobs.SelectMany(job => job.Uploads).DistinctBy(upload => upload.Name).ToList();
        return uploads.Count == 0 ? Parts.Nothing("Uploads start no job of this stack.") : Html.Of($"""
            <form method="post" action="/laptop/upload" enctype="multipart/form-data" class="drop">
            <label>Where <select name="trigger">{uploads.Select(upload => Html.Of($"<option>{upload.Name}</option>"))}</select></label>
            <label>File <input type="file" name="file" required></label>
            <button class="strong">Upload</button></form>
            """);
    }

    private static Html Send(JobCatalog catalog)
    {
        var jobs = catalog.Jobs.Where(job => job.Queue is not null).ToList();
        return jobs.Count == 0
            ? Parts.Nothing("No job of this stack has a queue.")
            : Html.Of($"""<p>To {Html.Join(jobs.Select(job => Html.Of($"{Parts.JobLink(job.Name)} ")))}</p>""");
    }

    private static Html Feed(Frame frame, IReadOnlyList<Hop> hops) => hops.Count == 0
        ? Parts.Nothing("No call was denied.")
        : Html.Of($"""
            <ol class="hops">{hops.Reverse().Select(hop => Html.Of($"""
                <li><time>{Words.Clock(hop.At, frame.Zone)}</time> <span class="red">{hop.Service}</span> {hop.Message}</li>
                """))}</ol>
            """);
}
