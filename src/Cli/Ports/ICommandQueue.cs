namespace Jobs.Cli.Ports;

/// <summary>The one door for all commands.</summary>
internal interface ICommandQueue
{
    /// <summary>
    /// Returns once the command is stored, with the name of who sends it; it is carried out a moment later.
    /// </summary>
    Task SendAsync(string body, CancellationToken cancellation);
}
