namespace Jobs;

/// <summary>The worker's program: runs one job for one launch and ends.</summary>
/// <example><code>
/// var host = JobHost.CreateBuilder(args);
/// return await host.RunAsync();
/// </code></example>
public static class JobHost
{
    /// <summary>Begins a worker whose jobs are those of the program's own assembly, unless others are added.</summary>
    /// <param name="args">
    /// Normally none. <c>list</c> prints the jobs' definitions as JSON and runs nothing. <c>run JOB</c> runs a job once
    /// in this process: with <c>--input JSON</c>, <c>--input @FILE</c> or <c>--upload FILE</c>, and <c>--bucket
    /// FOLDER</c> in place of the bucket of the laptop's stack.
    /// </param>
    public static JobHostBuilder CreateBuilder(string[] args) => new(args);
}
