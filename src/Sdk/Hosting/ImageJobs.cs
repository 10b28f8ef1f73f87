using System.Reflection;
using Jobs.Core;
using Jobs.Sdk.Declarations;
using Jobs.Sdk.Reporting;

namespace Jobs.Sdk.Hosting;

/// <summary>The jobs in this image.</summary>
internal static class ImageJobs
{
    /// <summary>
    /// It has the canaries. A job of the image with the name of one comes before it: the stack has not both.
    /// </summary>
    private static readonly Assembly Own = typeof(ImageJobs).Assembly;

    /// <exception cref="HostFailedException">There is no such job, or its class cannot be one.</exception>
    public static JobType Find(IReadOnlyList<Assembly> assemblies, string name)
    {
        try
        {
            return JobType.Find([.. assemblies, Own], name) ?? throw new HostFailedException(Unknown(assemblies, name));
        }
        catch (JobDeclarationException e)
        {
            throw new HostFailedException(e.Message, e);
        }
    }

    private static string Unknown(IReadOnlyList<Assembly> assemblies, string name)
    {
        var names = JobType.Names(assemblies).ToList();
        var nearest = Spelling.Nearest(name, names);
        return $"There is no job '{name}' in this image{(nearest is null ? "." : $"; did you mean '{nearest}'?")} " +
            $"It has: {(names.Count == 0 ? "none" : string.Join(", ", names))}. Deploy image and stack together.";
    }
}
