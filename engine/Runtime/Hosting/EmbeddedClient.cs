using Orleans;
using Orleans.Runtime;
using RoutingGrid.Engine.Catalog;
using RoutingGrid.Engine.CodeGeneration;

namespace RoutingGrid.Engine.Hosting;

/// <summary>References, for grains and for everybody else.</summary>
internal sealed class EmbeddedClient(EmbeddedEngine engine) : IClusterClient
{
    /// <summary>Who calls when no grain does, under the name that Orleans has for a client in the silo's process.</summary>
    public static readonly GrainId Id = new(GrainType.Create("sys.client"), IdSpan.Create("hosted"));

    public IServiceProvider ServiceProvider => engine.Services;

    public T GetGrain<T>(string primaryKey, string? grainClassNamePrefix = null)
        where T : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return Create<T>(IdSpan.Create(primaryKey), grainClassNamePrefix);
    }

    public T GetGrain<T>(Guid primaryKey, string? grainClassNamePrefix = null)
        where T : IGrainWithGuidKey => Create<T>(GrainIdKeyExtensions.CreateGuidKey(primaryKey), grainClassNamePrefix);

    public T GetGrain<T>(long primaryKey, string? grainClassNamePrefix = null)
        where T : IGrainWithIntegerKey => Create<T>(GrainIdKeyExtensions.CreateIntegerKey(primaryKey), grainClassNamePrefix);

    public T GetGrain<T>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where T : IGrainWithGuidCompoundKey => Create<T>(GrainIdKeyExtensions.CreateGuidKey(primaryKey, keyExtension), grainClassNamePrefix);

    public T GetGrain<T>(long primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where T : IGrainWithIntegerCompoundKey => Create<T>(GrainIdKeyExtensions.CreateIntegerKey(primaryKey, keyExtension), grainClassNamePrefix);

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) =>
        (IGrain)Create(grainInterfaceType, GrainIdKeyExtensions.CreateGuidKey(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) =>
        (IGrain)Create(grainInterfaceType, GrainIdKeyExtensions.CreateIntegerKey(grainPrimaryKey), null);

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => (IGrain)Create(grainInterfaceType, IdSpan.Create(grainPrimaryKey), null);

    public T GetGrain<T>(GrainId grainId)
        where T : IAddressable
    {
        GrainClass grainClass = engine.Interfaces.ByGrainType(grainId.Type)
            ?? throw new ArgumentException($"There is no grain class of the type '{grainId.Type}'.", nameof(grainId));
        return (T)(IAddressable)engine.Interfaces.Create(typeof(T), grainClass, grainId.Key);
    }

    public T CreateObjectReference<T>(IGrainObserver obj)
        where T : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference)
        {
            throw new ArgumentException("Already a reference.", nameof(obj));
        }

        return (T)(IAddressable)engine.Interfaces.Create(typeof(T), engine.Observers, engine.Observers.Add(obj));
    }

    public void DeleteObjectReference<T>(IGrainObserver obj)
        where T : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        GrainReference reference = obj as GrainReference
            ?? throw new ArgumentException("Not a reference: give what CreateObjectReference returned.", nameof(obj));
        engine.Observers.Delete(reference.Key);
    }

    private T Create<T>(IdSpan key, string? prefix)
        where T : IGrain => (T)(IGrain)Create(typeof(T), key, prefix);

    private GrainReference Create(Type type, IdSpan key, string? prefix)
    {
        GrainReferenceShared shared = engine.Interfaces.For(type, prefix);
        return shared.Interface.Create(shared, key);
    }
}
