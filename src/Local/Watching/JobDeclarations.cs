using System.Reflection;
using System.Runtime.Loader;

namespace Jobs.Local.Watching;

/// <summary>
/// The declarations of the jobs in a published worker, as its own SDK reads them: while they are the same, so is the
/// stack.
/// </summary>
internal static class JobDeclarations
{
    /// <returns>Null when they cannot be read: the image is without the SDK, or a declaration breaks a rule.</returns>
    public static string? Of(string folder, string assembly)
    {
        var context = new FolderContext(folder);
        try
        {
            var jobs = context.Find("Jobs.Sdk").GetType("Jobs.JobDefinitions", throwOnError: true)!
                .GetMethod("FromAssembly")!.Invoke(null, [context.Find(assembly)]);
            var catalog = context.Find("Jobs.Core").GetType("Jobs.Core.Definitions.JobCatalog", throwOnError: true)!;
            return (string?)catalog.GetMethod("ToJson")!.Invoke(Activator.CreateInstance(catalog, jobs), null);
        }
        catch (Exception e) when (
            e is IOException or BadImageFormatException or TypeLoadException or TargetInvocationException
                or MissingMemberException)
        {
            return null;
        }
        finally
        {
            context.Unload();
        }
    }

    /// <summary>Everything from one folder, whose files are not kept open.</summary>
    private sealed class FolderContext(string folder) : AssemblyLoadContext(isCollectible: true)
    {
        /// <exception cref="IOException">It is not there.</exception>
        public Assembly Find(string name) =>
            Load(new AssemblyName(name)) ?? throw new FileNotFoundException($"{name} is not in {folder}.");

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (Assemblies.FirstOrDefault(known => known.GetName().Name == assemblyName.Name) is { } loaded)
            {
                return loaded;
            }

            var file = Path.Combine(folder, $"{assemblyName.Name}.dll");
            if (!File.Exists(file)) return null;
            using var image = new MemoryStream(File.ReadAllBytes(file));
            return LoadFromStream(image);
        }
    }
}
