namespace Jobs.Cli.Ports;

/// <summary>The one door for submit, retry, cancel and replay.</summary>
internal interface ICommandQueue
{
    /// <summary>Returns once the command is stored; it is carried out a moment later.</summary>
    Task SendAsync(string body, CancellationToken cancellation);
}
