namespace Jobs.Core.Verdicts;

/// <summary>
/// Classifies why RunTask started nothing: a reason in <c>failures[]</c>, or an exception's code and message. Both are
/// read alike, because AWS says the same thing in either place, and some throttles come disguised as other errors.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
/// </summary>
public static class RefusalVerdicts
{
    private static readonly string[] ThrottleWords =
    [
        "Rate exceeded", "throttl", "Too many concurrent", "TooManyRequests", "LimitExceeded", "Slow down",
    ];

    private static readonly string[] CapacityWords =
    [
        "Capacity is unavailable", "RESOURCE:", "EMPTY CAPACITY PROVIDER", "NO ACTIVE INSTANCES",
        "insufficient capacity",
    ];

    private static readonly string[] QuotaWords = ["reached the limit", "quota", "PROVISIONING"];

    private static readonly HashSet<string> MisconfigurationCodes =
    [
        "InvalidParameterException", "ClusterNotFoundException", "PlatformUnknownException",
        "PlatformTaskDefinitionIncompatibilityException",
        "UnsupportedFeatureException", "ATTRIBUTE", "INACTIVE", "LOCATION", "ClientException",
    ];

    /// <summary>
    /// Of a role that IAM does not show to ECS yet, or that does not trust it. A new role takes some seconds to be seen
    /// everywhere.
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_general.html#troubleshoot_general_eventual-consistency
    /// </summary>
    private static readonly string[] RoleWords = ["unable to assume", "Role is not valid"];

    /// <summary>Of a task definition that was registered, or replaced, a moment ago.</summary>
    private static readonly string[] DefinitionWords =
        ["TaskDefinition not found", "Unable to describe task definition", "TaskDefinition is inactive"];

    /// <param name="code">The exception's error code, or the failure's reason.</param>
    /// <param name="detail">The exception's message, or the failure's detail.</param>
    public static Verdict Classify(string code, string? detail)
    {
        var text = string.IsNullOrEmpty(detail) ? code : $"{code}: {detail}";
        // Before any other words: a denial names roles and task families, which may be called anything.
        var isDenied = code is "AccessDeniedException" or "AccessDenied";
        if (isDenied) return AccessDenied(text) with { Action = VerdictAction.RetryAWhile };
        if (IsUnusableRole(text)) return UnusableRole(text);
        if (Has(ThrottleWords)) return Throttled(text);
        if (Has(QuotaWords)) return VcpuLimit(text);
        if (Has(CapacityWords) || code == "AGENT") return Capacity(text);
        return code switch
        {
            "UnrecognizedClientException" => AccessDenied(text),
            "BlockedException" => Blocked(text),
            "ServerException" or "InternalFailure" or "ServiceUnavailable" or "ServiceUnavailableException" =>
                ServiceFailed(text),
            _ when Has(DefinitionWords) => Misconfigured(text) with { Action = VerdictAction.RetryAWhile },
            _ when MisconfigurationCodes.Contains(code) => Misconfigured(text),
            _ => Unknown(text),
        };

        bool Has(string[] words) => HasAny(text, words);
    }

    internal static bool IsUnusableRole(string text) => HasAny(text, RoleWords);

    internal static Verdict UnusableRole(string text) => new(
        VerdictClass.AccessDenied,
        VerdictAction.RetryAWhile,
        $"ECS cannot use a role that the task needs: {text}",
        "Right after a deployment this passes by itself. If it stays, check that the role exists and trusts ECS, and "
        + "that the runner's functions may pass it; then start the run again.");

    internal static Verdict Capacity(string text) => new(
        VerdictClass.CapacityUnavailable,
        VerdictAction.RetryFree,
        $"Fargate has no capacity for the task now: {text}",
        "Nothing to do: it is tried again. If it repeats, allow more zones or a smaller size.");

    private static bool HasAny(string text, string[] words) =>
        words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static Verdict Throttled(string text) => new(
        VerdictClass.Throttled, VerdictAction.RetryFree, $"ECS refused the call for its rate: {text}",
        "Nothing to do: it is tried again.");

    private static Verdict VcpuLimit(string text) => new(
        VerdictClass.VcpuLimit,
        VerdictAction.RetryFree,
        $"The account's Fargate quota is in use: {text}",
        "It is tried again as tasks end; to run more at once, raise the Fargate vCPU quota in Service Quotas.");

    private static Verdict AccessDenied(string text) => new(
        VerdictClass.AccessDenied,
        VerdictAction.GiveUp,
        $"The function may not start the task: {text}",
        "Deploy the stack again, so that its roles allow RunTask and PassRole for this job; then start the run again.");

    private static Verdict Blocked(string text) => new(
        VerdictClass.AccountBlocked, VerdictAction.GiveUp, $"AWS has blocked the account: {text}",
        "Contact AWS Support; then start the run again.");

    private static Verdict ServiceFailed(string text) => new(
        VerdictClass.ServiceFailed, VerdictAction.RetryFree, $"ECS failed: {text}",
        "Nothing to do: it is tried again.");

    private static Verdict Misconfigured(string text) => new(
        VerdictClass.Misconfigured,
        VerdictAction.GiveUp,
        $"ECS will never start this task: {text}",
        "Correct what it names, in the declaration or the stack, and deploy; then start the run again.");

    private static Verdict Unknown(string text) => new(
        VerdictClass.RefusedUnknown, VerdictAction.RetryFree, $"ECS started nothing: {text}",
        "It is tried again; if it repeats, look the reason up in the ECS documentation.");
}
