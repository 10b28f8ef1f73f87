using System.Net.Sockets;
using Amazon.Runtime;
using Jobs.Cli.Ground;
using Jobs.Cli.Ports;
using Jobs.Cli.Reading;
using Jobs.Cli.Stacks;
using Jobs.Core;
using Jobs.Core.Objects;
using Jobs.Core.Runs;
using Spectre.Console;

namespace Jobs.Cli.Commands;

/// <summary>
/// Turns what a person can mend into one clear message and an exit code; anything else keeps its stack trace.
/// </summary>
internal sealed class Guard(CliContext cli)
{
    /// <summary>EPIPE of Linux and macOS.</summary>
    private const int BrokenPipe = 32;

    private static readonly HashSet<string> Missing = new(StringComparer.Ordinal)
    {
        "ResourceNotFoundException", "NoSuchBucket", "AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist",
    };

    private static readonly HashSet<string> Denied = new(StringComparer.Ordinal)
    {
        "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError",
    };

    private static readonly HashSet<string> BadIdentity = new(StringComparer.Ordinal)
    {
        "ExpiredToken", "ExpiredTokenException", "UnrecognizedClientException", "InvalidClientTokenId",
        "InvalidSignatureException", "SignatureDoesNotMatch", "RequestExpired",
    };

    /// <summary>What to type about the stack, once it is known.</summary>
    public CommandLines Lines { get; set; } = CommandLines.WithoutStack;

    /// <param name="command">Gets false, and once more true when what is remembered of the stack turned out to be
    /// stale: nothing has happened then.</param>
    public async Task<int> RunAsync(Func<bool, Task<int>> command)
    {
        try
        {
            try
            {
                return await command(false);
            }
            catch (AmazonServiceException e) when (Missing.Contains(e.ErrorCode ?? ""))
            {
                return await command(true);
            }
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
        catch (IOException e) when (e.HResult == BrokenPipe)
        {
            // The reader has seen enough, as head does: what is said now is not read.
            return ExitCodes.Unread;
        }
        catch (Exception e) when (ForPeople(e, Lines) is { } known)
        {
            cli.Fault(known.Message);
            return known.ExitCode;
        }
    }

    /// <summary>What a person can mend of it; null for a fault of the program itself.</summary>
    public static CliException? ForPeople(Exception e, CommandLines lines) => e switch
    {
        CliException known => known,
        AmazonServiceException service when Missing.Contains(service.ErrorCode ?? "") => CliException.NotReady(
            $"A part of the stack is not there: {service.Message} Deploy it again, then: {lines.Doctor()}"),
        AmazonServiceException service when Denied.Contains(service.ErrorCode ?? "") => CliException.Failed(
            $"AWS does not allow it: {service.Message} Ask for this permission, or use another identity with " +
            $"AWS_PROFILE. Who you are: {lines.Doctor()}"),
        AmazonServiceException service when BadIdentity.Contains(service.ErrorCode ?? "") => CliException.NotReady(
            $"AWS does not accept these credentials: {service.Message} Renew them (aws sso login, or aws configure), " +
            $"then: {lines.Doctor()}"),
        UnreadableRunException unreadable =>
            CliException.Failed($"{unreadable.Message} {UnreadableRun.Remedy}"),
        _ when IsNetwork(e) =>
            CliException.NotReady($"{Target()} does not answer: {Innermost(e).Message}. {NetworkRemedy()}"),
        AmazonServiceException service => CliException.Failed(
            $"AWS refused: {service.ErrorCode}: {service.Message} More with: {lines.Doctor()}"),
        AmazonClientException client => CliException.NotReady(
            $"No AWS credentials: {client.Message.Split('\n')[0].Split(". ")[0].TrimEnd('.')}. Set some (aws " +
            $"configure, or aws sso login and AWS_PROFILE), or start a stack on this machine: {CommandLines.Up()}"),
        ObjectGoneException or UnauthorizedAccessException => CliException.Failed(e.Message),
        IOException => CliException.Failed(e.Message),
        _ => null,
    };

    private static bool IsNetwork(Exception e) => e is HttpRequestException || Innermost(e) is SocketException;

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;

    private static string Target() =>
        Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL") is { Length: > 0 } url ? url : "AWS";

    private static string NetworkRemedy() => Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL") is { Length: > 0 }
        ? $"Start the laptop's stack ({CommandLines.Up()}), or unset AWS_ENDPOINT_URL for AWS."
        : "Look at the network and the Region.";
}
