namespace Jobs.Core.Verdicts;

/// <summary>Reasons why a task never ran, by the prefix of ECS's text.</summary>
internal static class StartFailures
{
    /// <summary>
    /// Words by which a text says that a permission is wanting, which right after a deployment may only not be visible
    /// yet.
    /// </summary>
    private static readonly string[] DenialWords = ["AccessDenied", "not authorized"];

    public static Verdict? Classify(string text)
    {
        if (RefusalVerdicts.IsUnusableRole(text)) return RefusalVerdicts.UnusableRole(text);
        var verdict = ByPrefix(text);
        var denied = DenialWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
        return denied && verdict is { Action: VerdictAction.Retry }
            ? verdict with { Action = VerdictAction.RetryAWhile }
            : verdict;
    }

    private static Verdict? ByPrefix(string text)
    {
        if (Is("CannotPull")) return ImagePull(text);
        if (Is("ResourceInitializationError")) return ResourceInitialization(text);
        if (Is("Timeout waiting for network interface")
            || text.Contains("network interface provision", StringComparison.OrdinalIgnoreCase))
        {
            return Network(text);
        }

        if (Is("ContainerRuntimeTimeoutError") || Is("DockerTimeoutError")) return NotStarted(text);
        if (Is("CannotStartContainerError")
            || Is("CannotStopContainerError")
            || Is("CannotInspectContainerError")
            || Is("CannotCreateContainerError"))
        {
            return NotStarted(text);
        }

        if (Is("CannotCreateVolumeError")) return ResourceInitialization(text);
        if (text.Contains("Capacity is unavailable", StringComparison.OrdinalIgnoreCase))
        {
            return RefusalVerdicts.Capacity(text);
        }

        return Is("InternalError") ? Unknown(text) : null;

        bool Is(string prefix) => text.StartsWith(prefix, StringComparison.Ordinal);
    }

    public static Verdict Unknown(string? text) => new(
        VerdictClass.FailedToStart,
        VerdictAction.Retry,
        $"The task did not start{(string.IsNullOrEmpty(text) ? ", and ECS does not say why." : $": {text}")}",
        "Nothing to do if the retry succeeds; about one task in a hundred does not start at first.");

    private static Verdict ImagePull(string text) => new(
        VerdictClass.ImagePullFailed,
        VerdictAction.Retry,
        $"The image could not be pulled: {text}",
        "Check that the tag exists, that the execution role may pull it, and that the subnets reach the registry.");

    private static Verdict ResourceInitialization(string text) => new(
        VerdictClass.ResourceInitializationFailed,
        VerdictAction.Retry,
        $"Secrets, log driver or volume could not be set up: {text}",
        "Check that the secret exists, that the execution role may read it, and that the subnets reach the service's " +
        "endpoint.");

    private static Verdict Network(string text) => new(
        VerdictClass.NetworkNotReady,
        VerdictAction.Retry,
        $"The task's network interface was not ready in time: {text}",
        "Nothing to do if the retry succeeds; if it repeats, check for free addresses in the subnets.");

    private static Verdict NotStarted(string text) => new(
        VerdictClass.ContainerNotStarted,
        VerdictAction.Retry,
        $"The container runtime could not start, inspect or stop the container: {text}",
        "Check ENTRYPOINT and command, and that the image is built for the job's architecture.");
}
