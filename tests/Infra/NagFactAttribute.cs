namespace Jobs.Tests.Infra;

/// <summary>Skipped, and said to be, where cdk-nag is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NagFactAttribute : FactAttribute
{
    public NagFactAttribute()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "cdk-nag")))
        {
            Skip = "cdk-nag is not installed: npm install --no-package-lock --prefix bench/cdk-nag";
        }
    }

    /// <summary>The program that runs it.</summary>
    public static string Folder
    {
        get
        {
            var at = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(at!.FullName, "jobs.sln"))) at = at.Parent;
            return Path.Combine(at.FullName, "bench", "cdk-nag");
        }
    }
}
