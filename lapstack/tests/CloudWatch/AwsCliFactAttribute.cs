namespace Lapstack.Tests.CloudWatch;

/// <summary>A test that needs the AWS CLI (<c>pip install awscli</c>).</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AwsCliFactAttribute : FactAttribute
{
    public AwsCliFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "aws.exe" : "aws"))))
        {
            Skip = "The AWS CLI is not installed: pip install awscli";
        }
    }
}
