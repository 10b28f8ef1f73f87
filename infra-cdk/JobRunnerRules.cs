namespace Jobs.Infra;

/// <summary>What a runner as a whole must satisfy.</summary>
internal static class JobRunnerRules
{
    /// <summary>The inbox's policy names every rule that may send to it, and SQS takes 8,192 bytes of policy.</summary>
    private const int MaxUploadTriggers = 50;

    public static IEnumerable<string> Check(JobRunnerProps props, int uploadTriggers)
    {
        if (uploadTriggers > MaxUploadTriggers)
        {
            yield return $"A runner has at most {MaxUploadTriggers} upload triggers, because its inbox's policy names each rule (declared: {uploadTriggers}). Use two runners.";
        }

        foreach (var email in props.AdminEmails.Where(email => !email.Contains('@', StringComparison.Ordinal)))
        {
            yield return $"AdminEmails has e-mail addresses (declared: {email}). Write it as name@example.com.";
        }

        if (!File.Exists(Path.Combine(props.FunctionsFolder, ControlPlane.Handler + ".dll")))
        {
            yield return $"FunctionsFolder has the published functions, {ControlPlane.Handler}.dll among them (declared: {props.FunctionsFolder}). Build infra-cdk, which publishes them.";
        }
    }
}
